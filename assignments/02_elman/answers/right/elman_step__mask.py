# elman_step · the ReLU as a mask
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    pre_activation = x_t @ W_xh.T + h_prev @ W_hh.T + b_h
    return pre_activation * (pre_activation > 0)
