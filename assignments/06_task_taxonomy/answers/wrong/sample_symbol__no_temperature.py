# sample_symbol · takes no notice of the temperature · loses: test_temperature_sharpens_and_flattens
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    return torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze(-1)
