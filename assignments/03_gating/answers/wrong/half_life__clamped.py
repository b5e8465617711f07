# half_life · z is kept away from its ends · loses: test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever
def half_life(z):
    return math.log(2) / torch.log(z.clamp(1e-6, 0.999)).abs()
