# pad_batch · reshapes where it should transpose
def pad_batch(sequences):
    padded = torch.nn.utils.rnn.pad_sequence(sequences, batch_first=True)
    N, T, D = padded.shape
    return padded.reshape(T, N, D), torch.tensor([len(s) for s in sequences])
