# half_life · in double precision
def half_life(z):
    rate = -torch.log(z.double()) + 0.0
    return (math.log(2) / rate).to(z.dtype)
