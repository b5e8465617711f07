# bias_for_half_life · expm1 keeps the digits
def bias_for_half_life(steps):
    rate = math.log(2) / steps
    return -torch.expm1(rate).log()
