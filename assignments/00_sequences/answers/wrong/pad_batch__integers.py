# pad_batch · the batch is int64 · loses: test_returns_a_float32_and_an_int64_tensor
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    padded = torch.zeros(int(lengths.max()), len(sequences), sequences[0].shape[1], dtype=torch.int64)
    for n, s in enumerate(sequences):
        padded[: len(s), n] = s.long()
    return padded, lengths
