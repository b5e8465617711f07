# pass_through · either the one or the other · loses: test_weighs_in_between, test_every_unit_has_its_own_gate, test_the_average_lets_gradients_through
def pass_through(z, h_prev, h_bar):
    return torch.where(z > 0.5, h_prev, h_bar)
