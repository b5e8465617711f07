# pad_batch · one assignment through index tensors
def pad_batch(sequences):
    N = len(sequences)
    lengths = torch.tensor([len(s) for s in sequences])
    t = torch.cat([torch.arange(len(s)) for s in sequences])
    n = torch.repeat_interleave(torch.arange(N), lengths)
    out = sequences[0].new_zeros(int(lengths.max()), N, sequences[0].size(-1))
    out[t, n] = torch.cat(sequences)
    return out, lengths
