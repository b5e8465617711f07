# pool · computed without a graph · loses: test_the_gradient_goes_to_the_sequences_and_not_to_the_padding
@torch.no_grad()
def pool(states, lengths, how):
    inside = (torch.arange(len(states))[:, None] < lengths)[:, :, None]
    if how == "last":
        return states[lengths - 1, torch.arange(len(lengths))]
    if how == "mean":
        return (states * inside).sum(0) / lengths[:, None]
    return states.masked_fill(~inside, -torch.inf).amax(0)
