# pad_batch · pads with -1 · loses: test_fills_up_with_zeros_to_the_longest
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    padded = torch.full((int(lengths.max()), len(sequences), sequences[0].shape[1]), -1.0)
    for n, s in enumerate(sequences):
        padded[: len(s), n] = s
    return padded, lengths
