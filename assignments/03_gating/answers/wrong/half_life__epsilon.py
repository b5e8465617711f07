# half_life · an epsilon against the zero · loses: test_stays_right_close_to_1, test_z_1_loses_nothing_ever
def half_life(z):
    return math.log(2) / (torch.log(z).abs() + 1e-5)
