# pool · how is ignored · loses: test_last_without_padding, test_max_without_padding, test_last_is_at_each_sequences_own_end, test_max_of_negative_states_is_negative, test_garbage_after_the_end_does_not_matter, test_the_gradient_goes_to_the_sequences_and_not_to_the_padding
def pool(states, lengths, how):
    inside = (torch.arange(len(states))[:, None] < lengths)[:, :, None]
    return (states * inside).sum(0) / lengths[:, None]
