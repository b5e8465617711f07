# pad_batch · zero rows joined on, then stacked
def with_zeros(sequence, T):
    missing = torch.zeros(T - sequence.shape[0], sequence.shape[1])
    return torch.cat([sequence, missing])


def pad_batch(sequences):
    T = max(len(s) for s in sequences)
    return torch.stack([with_zeros(s, T) for s in sequences], dim=1), torch.tensor([len(s) for s in sequences])
