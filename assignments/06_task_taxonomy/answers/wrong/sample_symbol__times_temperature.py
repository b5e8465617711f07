# sample_symbol · multiplies by the temperature · loses: test_temperature_sharpens_and_flattens, test_large_logits_and_low_temperatures
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    p = torch.softmax(logits * temperature, -1)
    return torch.multinomial(p, 1, generator=generator).squeeze(-1)
