# pad_batch · cuts to the shortest
def pad_batch(sequences):
    T = min(len(s) for s in sequences)
    return torch.stack([s[:T] for s in sequences], dim=1), torch.tensor([len(s) for s in sequences])
