# sample_symbol · returns the probabilities · loses: test_one_symbol_for_each_row, test_temperature_one_draws_from_the_softmax, test_temperature_sharpens_and_flattens, test_rows_are_drawn_each_for_itself, test_temperature_zero_is_greedy, test_large_logits_and_low_temperatures, test_draws_from_the_given_generator_only, test_leaves_the_logits_alone
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return F.one_hot(logits.argmax(-1), logits.shape[-1]).float()
    return torch.softmax(logits / temperature, -1)
