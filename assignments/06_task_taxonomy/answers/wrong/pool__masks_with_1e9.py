# pool · the padding becomes -1e9 before the maximum · loses: test_max_of_negative_states_is_negative
def pool(states, lengths, how):
    inside = (torch.arange(len(states))[:, None] < lengths)[..., None].to(states.dtype)
    if how == "last": return states[lengths - 1, torch.arange(states.shape[1])]
    if how == "mean": return (states * inside).sum(0) / lengths[:, None]
    return (states * inside - 1e9 * (1 - inside)).max(0).values
