# elman_step · F.linear and F.relu
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return F.relu(F.linear(x_t, W_xh, b_h) + F.linear(h_prev, W_hh))
