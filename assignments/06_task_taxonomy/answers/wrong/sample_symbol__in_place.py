# sample_symbol · divides the logits in place · loses: test_leaves_the_logits_alone
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    logits /= temperature
    return torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze(-1)
