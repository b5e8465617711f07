# half_life · minus the logarithm of 1 is minus zero · loses: test_z_1_loses_nothing_ever
def half_life(z):
    return math.log(2) / -torch.log(z)
