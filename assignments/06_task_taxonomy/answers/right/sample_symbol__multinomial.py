# sample_symbol · multinomial
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    p = F.softmax(logits / temperature, dim=-1)
    return torch.multinomial(p, num_samples=1, generator=generator).squeeze(-1)
