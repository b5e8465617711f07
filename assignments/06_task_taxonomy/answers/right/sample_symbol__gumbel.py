# sample_symbol · Gumbel noise: the largest of logits / temperature + noise
def sample_symbol(logits, temperature, generator):
    uniform = torch.rand(logits.shape, generator=generator, dtype=torch.float64).clamp_min(1e-300)
    noise = -(-uniform.log()).clamp_min(1e-300).log()
    return (logits.double() + temperature * noise).argmax(-1)
