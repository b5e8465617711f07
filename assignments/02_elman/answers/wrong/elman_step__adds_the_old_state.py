# elman_step · h_prev is added without W_hh · loses: test_cuts_the_sum_off_at_zero, test_depends_on_nothing_but_the_sum, test_lets_gradients_through, test_remembers_the_previous_state
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return torch.relu(x_t @ W_xh.T + h_prev + b_h)
