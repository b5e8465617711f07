# half_life · the sign is forgotten · loses: test_half_is_left_after_it, test_is_not_rounded, test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever
def half_life(z):
    return math.log(2) / torch.log(z)
