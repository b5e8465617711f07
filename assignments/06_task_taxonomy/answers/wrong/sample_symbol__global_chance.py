# sample_symbol · draws from the global generator · loses: test_draws_from_the_given_generator_only
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    return torch.multinomial(torch.softmax(logits / temperature, -1), 1).squeeze(-1)
