# pad_batch · the lengths after padding · loses: test_returns_the_lengths_before_padding
def pad_batch(sequences):
    padded = torch.nn.utils.rnn.pad_sequence(sequences)
    return padded, torch.tensor([len(padded)] * len(sequences))
