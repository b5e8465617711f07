# pad_batch · lengths are float32 · loses: test_returns_a_float32_and_an_int64_tensor
def pad_batch(sequences):
    lengths = torch.zeros(len(sequences))
    for n, s in enumerate(sequences):
        lengths[n] = len(s)
    return torch.nn.utils.rnn.pad_sequence(sequences), lengths
