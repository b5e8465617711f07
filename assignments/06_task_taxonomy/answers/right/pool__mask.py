# pool · one mask for all three
def pool(states, lengths, how):
    T = states.shape[0]
    inside = (torch.arange(T).unsqueeze(1) < lengths.unsqueeze(0)).unsqueeze(2)
    if how == "mean":
        return torch.where(inside, states, torch.zeros_like(states)).sum(0) / lengths.unsqueeze(1)
    if how == "max":
        return torch.where(inside, states, torch.full_like(states, -torch.inf)).max(dim=0).values
    return states[lengths - 1, torch.arange(len(lengths))]
