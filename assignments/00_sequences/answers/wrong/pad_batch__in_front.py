# pad_batch · pads in front
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    T = int(lengths.max())
    padded = torch.zeros(T, len(sequences), sequences[0].shape[1])
    for n, s in enumerate(sequences):
        padded[T - len(s) :, n] = s
    return padded, lengths
