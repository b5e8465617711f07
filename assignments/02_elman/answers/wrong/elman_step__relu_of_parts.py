# elman_step · the ReLU acts on each part instead of the sum · loses: test_cuts_the_sum_off_at_zero, test_depends_on_nothing_but_the_sum
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return F.relu(x_t @ W_xh.T) + F.relu(h_prev @ W_hh.T + b_h)
