# pad_batch · forgets to return the lengths
def pad_batch(sequences):
    return torch.nn.utils.rnn.pad_sequence(sequences)
