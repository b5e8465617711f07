# bias_for_half_life · torch.special and exp2
def bias_for_half_life(steps):
    return torch.special.logit(torch.exp2(-1 / steps))
