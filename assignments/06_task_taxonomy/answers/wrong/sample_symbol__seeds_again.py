# sample_symbol · starts the generator anew in every call · loses: test_draws_from_the_given_generator_only
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    generator.manual_seed(0)
    return torch.multinomial(torch.softmax(logits / temperature, -1), 1, generator=generator).squeeze(-1)
