# bias_for_half_life · z / (1 - z) in double precision
def bias_for_half_life(steps):
    z = 0.5 ** (1 / steps.double())
    return torch.log(z / (1 - z)).to(steps.dtype)
