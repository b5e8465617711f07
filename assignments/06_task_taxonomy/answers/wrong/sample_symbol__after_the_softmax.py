# sample_symbol · divides the probabilities, which changes nothing · loses: test_temperature_sharpens_and_flattens
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    p = logits.softmax(-1) / temperature
    return torch.multinomial(p, 1, generator=generator).squeeze(-1)
