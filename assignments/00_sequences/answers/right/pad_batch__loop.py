# pad_batch · a loop over the sequences
def pad_batch(sequences):
    lengths = torch.tensor([len(sequence) for sequence in sequences])
    padded = torch.zeros(int(lengths.max()), len(sequences), sequences[0].shape[1])
    for n, sequence in enumerate(sequences):
        padded[: len(sequence), n] = sequence
    return padded, lengths
