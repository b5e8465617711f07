# pool · "last" is the state before the last · loses: test_last_without_padding, test_last_is_at_each_sequences_own_end, test_the_gradient_goes_to_the_sequences_and_not_to_the_padding
def pool(states, lengths, how):
    inside = (torch.arange(len(states))[:, None] < lengths)[:, :, None]
    if how == "last":
        return states[lengths - 2, torch.arange(len(lengths))]
    if how == "mean":
        return (states * inside).sum(0) / lengths[:, None]
    return states.masked_fill(~inside, -torch.inf).amax(0)
