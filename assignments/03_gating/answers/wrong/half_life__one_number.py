# half_life · only the first element · loses: test_is_not_rounded, test_half_life_of_any_shape, test_stays_right_close_to_1, test_z_0_loses_all_at_once, test_z_1_loses_nothing_ever, test_the_gate_stays_as_it_was
def half_life(z):
    return torch.tensor([math.log(2) / abs(math.log(z.flatten()[0]))])
