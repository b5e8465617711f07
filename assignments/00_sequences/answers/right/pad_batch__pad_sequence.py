# pad_batch · torch's pad_sequence
def pad_batch(sequences):
    from torch.nn.utils.rnn import pad_sequence

    return pad_sequence(sequences), torch.as_tensor([s.shape[0] for s in sequences])
