# elman_step · the result is never returned · loses: test_sees_the_input, test_remembers_the_previous_state, test_adds_the_bias, test_cuts_the_sum_off_at_zero, test_depends_on_nothing_but_the_sum, test_lets_gradients_through, test_a_step_in_float64
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
