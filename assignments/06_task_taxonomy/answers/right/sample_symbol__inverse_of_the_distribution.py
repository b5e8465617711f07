# sample_symbol · how many of the cumulated probabilities lie below a uniform number
def sample_symbol(logits, temperature, generator):
    if temperature < 1e-6:
        return torch.argmax(logits, dim=-1)
    cumulated = (logits.double() / temperature).softmax(-1).cumsum(-1)
    u = torch.rand(*logits.shape[:-1], 1, generator=generator, dtype=torch.float64)
    return (cumulated < u * cumulated[..., -1:]).sum(-1)
