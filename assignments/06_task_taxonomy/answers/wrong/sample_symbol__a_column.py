# sample_symbol · returns (N, 1) · loses: test_one_symbol_for_each_row
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1, keepdim=True)
    return torch.multinomial(torch.softmax(logits / temperature, -1), 1, generator=generator)
