# half_life · the logarithm of z as a size
def half_life(z):
    return torch.log(torch.tensor(0.5)).abs() / z.log().abs()
