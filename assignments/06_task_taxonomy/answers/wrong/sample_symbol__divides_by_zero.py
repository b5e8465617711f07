# sample_symbol · divides by the temperature whatever it is · loses: test_one_symbol_for_each_row, test_temperature_zero_is_greedy
def sample_symbol(logits, temperature, generator):
    p = torch.softmax(logits / temperature, -1)
    return torch.multinomial(p, 1, generator=generator).squeeze(-1)
