# pad_batch · lengths are a list · loses: test_returns_a_float32_and_an_int64_tensor
def pad_batch(sequences):
    return torch.nn.utils.rnn.pad_sequence(sequences), [len(s) for s in sequences]
