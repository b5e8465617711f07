# pass_through · the update is added with weight one · loses: test_keeps_the_old_state_for_z_1, test_the_average_of_two_equal_states_is_that_state, test_weighs_in_between, test_every_unit_has_its_own_gate
def pass_through(z, h_prev, h_bar):
    return z * h_prev + h_bar
