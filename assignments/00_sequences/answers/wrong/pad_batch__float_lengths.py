# pad_batch · lengths are float32
def pad_batch(sequences):
    lengths = torch.zeros(len(sequences))
    for n, s in enumerate(sequences):
        lengths[n] = len(s)
    return torch.nn.utils.rnn.pad_sequence(sequences), lengths
