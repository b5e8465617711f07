# half_life · the time constant, when 1/e is left · loses: test_half_is_left_after_it, test_is_not_rounded, test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever
def half_life(z):
    return 1 / torch.log(z).abs()
