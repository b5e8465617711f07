# sample_symbol · the most probable symbol at any temperature · loses: test_temperature_one_draws_from_the_softmax, test_temperature_sharpens_and_flattens, test_rows_are_drawn_each_for_itself, test_draws_from_the_given_generator_only
def sample_symbol(logits, temperature, generator):
    return (logits / max(temperature, 1)).argmax(-1)
