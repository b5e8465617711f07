# pass_through · a second sigmoid on the gate · loses: test_keeps_the_old_state_for_z_1, test_takes_the_full_update_for_z_0, test_weighs_in_between, test_every_unit_has_its_own_gate
def pass_through(z, h_prev, h_bar):
    z = torch.sigmoid(z)
    return z * h_prev + (1 - z) * h_bar
