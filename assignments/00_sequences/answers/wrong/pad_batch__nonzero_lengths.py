# pad_batch · lengths counted from nonzero rows · loses: test_returns_the_lengths_before_padding
def pad_batch(sequences):
    x = nn.utils.rnn.pad_sequence(sequences)
    return x, (x != 0).any(-1).sum(0)
