# half_life · the formula as it stands: minus infinity for z = 1 · loses: test_z_1_loses_nothing_ever
def half_life(z):
    return math.log(0.5) / torch.log(z)
