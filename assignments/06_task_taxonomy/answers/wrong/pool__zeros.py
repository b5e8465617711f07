# pool · zeros of the right shape · loses: test_last_without_padding, test_mean_without_padding, test_max_without_padding, test_last_is_at_each_sequences_own_end, test_mean_divides_by_each_sequences_own_length, test_max_of_negative_states_is_negative, test_garbage_after_the_end_does_not_matter, test_the_gradient_goes_to_the_sequences_and_not_to_the_padding, test_double_precision_stays, test_the_input_stays_as_it_was
def pool(states, lengths, how):
    return 0 * states.sum(0)
