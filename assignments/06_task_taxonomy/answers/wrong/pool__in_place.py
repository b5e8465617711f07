# pool · the mask is written into the states · loses: test_the_gradient_goes_to_the_sequences_and_not_to_the_padding, test_the_input_stays_as_it_was
def pool(states, lengths, how):
    outside = (torch.arange(len(states))[:, None] >= lengths)[:, :, None]
    if how == "mean":
        return states.masked_fill_(outside, 0).sum(0) / lengths[:, None]
    if how == "max":
        return states.masked_fill_(outside, -torch.inf).amax(0)
    return states[lengths - 1, torch.arange(len(lengths))]
