# half_life · scalars only · loses: test_is_not_rounded, test_half_life_of_any_shape, test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever, test_the_gate_stays_as_it_was
def half_life(z):
    if z == 1:
        return math.inf
    if z == 0:
        return 0.0
    return math.log(0.5) / math.log(z)
