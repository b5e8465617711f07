# pad_batch · always twenty steps long
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    padded = torch.zeros(20, len(sequences), sequences[0].shape[1])
    for n, s in enumerate(sequences):
        padded[: len(s), n] = s
    return padded, lengths
