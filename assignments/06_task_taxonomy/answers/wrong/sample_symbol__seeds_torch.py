# sample_symbol · seeds the global generator with the given one · loses: test_draws_from_the_given_generator_only
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    torch.manual_seed(int(torch.randint(10**9, (), generator=generator)))
    return torch.distributions.Categorical(logits=logits / temperature).sample()
