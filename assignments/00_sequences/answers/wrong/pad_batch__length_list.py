# pad_batch · lengths are a list
def pad_batch(sequences):
    return torch.nn.utils.rnn.pad_sequence(sequences), [len(s) for s in sequences]
