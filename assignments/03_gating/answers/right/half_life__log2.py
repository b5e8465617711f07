# half_life · logarithms to base 2
def half_life(z):
    return 1 / torch.log2(z).abs()
