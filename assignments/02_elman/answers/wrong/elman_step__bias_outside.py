# elman_step · the bias is added after the ReLU · loses: test_cuts_the_sum_off_at_zero, test_depends_on_nothing_but_the_sum
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T) + b_h
