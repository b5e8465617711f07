# elman_step · no ReLU · loses: test_cuts_the_sum_off_at_zero
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return x_t @ W_xh.T + h_prev @ W_hh.T + b_h
