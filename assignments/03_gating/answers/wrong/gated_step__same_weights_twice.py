# gated_step · the gate uses the weights of the full update · loses: test_is_the_full_update_for_z_0, test_cuts_the_full_update_off_at_zero, test_keeps_the_state_for_z_1, test_the_gate_is_a_sigmoid_of_its_bias, test_the_gate_sees_the_input, test_the_gate_sees_the_old_state, test_follows_all_equations_at_once, test_the_step_lets_gradients_through
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    total = x_t @ W_xh.T + h_prev @ W_hh.T + b_h
    h_bar = torch.relu(total)
    z_t = torch.sigmoid(total)
    return z_t * h_prev + (1 - z_t) * h_bar
