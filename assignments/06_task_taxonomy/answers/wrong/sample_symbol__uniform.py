# sample_symbol · every symbol is as likely as any other · loses: test_temperature_one_draws_from_the_softmax, test_temperature_sharpens_and_flattens, test_rows_are_drawn_each_for_itself, test_large_logits_and_low_temperatures
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    return torch.randint(logits.shape[-1], logits.shape[:-1], generator=generator)
