# pool · the sequences come back in the order of their lengths · loses: test_last_is_at_each_sequences_own_end, test_mean_divides_by_each_sequences_own_length, test_max_of_negative_states_is_negative, test_garbage_after_the_end_does_not_matter, test_the_gradient_goes_to_the_sequences_and_not_to_the_padding
def pool(states, lengths, how):
    order = lengths.argsort(descending=True, stable=True)
    pooled = []
    for n in order:
        own = states[: lengths[n], n]
        pooled.append(own[-1] if how == "last" else own.mean(0) if how == "mean" else own.amax(0))
    return torch.stack(pooled)
