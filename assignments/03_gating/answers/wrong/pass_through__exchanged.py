# pass_through · z and 1 - z exchanged · loses: test_keeps_the_old_state_for_z_1, test_takes_the_full_update_for_z_0, test_weighs_in_between, test_every_unit_has_its_own_gate
def pass_through(z, h_prev, h_bar):
    return (1 - z) * h_prev + z * h_bar
