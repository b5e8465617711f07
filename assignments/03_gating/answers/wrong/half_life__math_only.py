# half_life · math does not take tensors of several elements · loses: test_half_is_left_after_it, test_is_not_rounded, test_half_life_of_any_shape, test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever, test_the_gate_stays_as_it_was
def half_life(z):
    return torch.tensor(math.log(0.5) / math.log(z))
