# sample_symbol · adds normal noise instead of Gumbel noise · loses: test_temperature_one_draws_from_the_softmax, test_temperature_sharpens_and_flattens
def sample_symbol(logits, temperature, generator):
    noise = torch.randn(logits.shape, generator=generator)
    return (logits + temperature * noise).argmax(-1)
