# sample_symbol · cannot take a single row · loses: test_one_symbol_for_each_row
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    p = torch.softmax(logits / temperature, dim=1)
    return torch.multinomial(p, 1, generator=generator)[:, 0]
