# bias_for_half_life · the logit of z
def bias_for_half_life(steps):
    return torch.logit(0.5 ** (1 / steps))
