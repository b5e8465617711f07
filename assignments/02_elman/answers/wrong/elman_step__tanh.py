# elman_step · tanh in place of the ReLU · loses: test_adds_the_bias, test_cuts_the_sum_off_at_zero, test_remembers_the_previous_state, test_sees_the_input
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return torch.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
