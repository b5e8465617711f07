# half_life · whole steps counted in a loop · loses: test_is_not_rounded, test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever
def half_life(z):
    steps, left = torch.zeros_like(z), torch.ones_like(z)
    for _ in range(1000):
        steps = steps + (left > 0.5001)
        left = left * z
    return steps
