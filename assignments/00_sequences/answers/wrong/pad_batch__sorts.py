# pad_batch · sorts the batch by length
def pad_batch(sequences):
    ordered = sorted(sequences, key=len, reverse=True)
    return torch.nn.utils.rnn.pad_sequence(ordered), torch.tensor([len(s) for s in ordered])
