# pool · everything is cut at the longest sequence only · loses: test_last_is_at_each_sequences_own_end, test_mean_divides_by_each_sequences_own_length, test_max_of_negative_states_is_negative, test_garbage_after_the_end_does_not_matter, test_the_gradient_goes_to_the_sequences_and_not_to_the_padding
def pool(states, lengths, how):
    states = states[: lengths.max()]
    if how == "last":
        return states[-1]
    return states.mean(0) if how == "mean" else states.amax(0)
