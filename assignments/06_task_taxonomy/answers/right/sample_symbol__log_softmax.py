# sample_symbol · powers of the probabilities, through log_softmax
def sample_symbol(logits, temperature, generator):
    log_p = torch.log_softmax(logits, -1)
    if temperature <= 0:
        return log_p.max(dim=-1).indices
    rescaled = log_p / temperature
    p = torch.exp(rescaled - rescaled.logsumexp(-1, keepdim=True))
    return torch.multinomial(p.reshape(-1, p.shape[-1]), 1, generator=generator).reshape(logits.shape[:-1])
