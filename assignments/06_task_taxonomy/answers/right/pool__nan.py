# pool · what is not there is no number
def pool(states, lengths, how):
    N = states.size(1)
    if how == "last":
        return torch.cat([states[length - 1, n : n + 1] for n, length in zip(range(N), lengths)])
    outside = torch.arange(states.size(0)).reshape(-1, 1, 1) >= lengths.reshape(1, -1, 1)
    if how == "mean":
        return states.masked_fill(outside, torch.nan).nanmean(dim=0)
    return states.clone().masked_fill_(outside, -torch.inf).amax(dim=0)
