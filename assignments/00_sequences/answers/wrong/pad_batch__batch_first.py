# pad_batch · batch first
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    padded = torch.zeros(len(sequences), int(lengths.max()), sequences[0].shape[1])
    for n, s in enumerate(sequences):
        padded[n, : len(s)] = s
    return padded, lengths
