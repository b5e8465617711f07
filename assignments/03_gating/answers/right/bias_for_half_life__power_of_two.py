# bias_for_half_life · as in the text
def bias_for_half_life(steps):
    return -torch.log(2 ** (1 / steps) - 1)
