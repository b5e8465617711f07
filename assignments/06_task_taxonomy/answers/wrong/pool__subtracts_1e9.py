# pool · 1e9 is subtracted from the padding · loses: test_max_of_negative_states_is_negative, test_garbage_after_the_end_does_not_matter, test_the_gradient_goes_to_the_sequences_and_not_to_the_padding
def pool(states, lengths, how):
    inside = (torch.arange(len(states))[:, None] < lengths)[..., None].float()
    if how == "last": return states[lengths - 1, torch.arange(states.shape[1])]
    if how == "mean": return (states * inside).sum(0) / lengths[:, None]
    return (states - 1e9 * (1 - inside)).max(0).values
