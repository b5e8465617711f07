# half_life · from the leak 1 - z
def half_life(z):
    leak = 1 - z
    return math.log(2) / torch.log1p(-leak).abs()
