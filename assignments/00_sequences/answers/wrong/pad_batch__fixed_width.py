# pad_batch · always twenty steps long · loses: test_fills_up_with_zeros_to_the_longest, test_returns_a_float32_and_an_int64_tensor
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    padded = torch.zeros(20, len(sequences), sequences[0].shape[1])
    for n, s in enumerate(sequences):
        padded[: len(s), n] = s
    return padded, lengths
