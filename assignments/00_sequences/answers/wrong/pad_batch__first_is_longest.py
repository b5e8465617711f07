# pad_batch · takes the first sequence for the longest
def pad_batch(sequences):
    T = len(sequences[0])
    rows = [torch.cat([s, torch.zeros(T - len(s), s.shape[1])]) for s in sequences]
    return torch.stack(rows, dim=1), torch.tensor([len(s) for s in sequences])
