# sample_symbol · a softmax by hand that overflows · loses: test_large_logits_and_low_temperatures
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    weights = torch.exp(logits / temperature)
    return torch.multinomial(weights, 1, generator=generator).squeeze(-1)
