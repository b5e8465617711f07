# elman_step · casts to float32 · loses: test_a_step_in_float64
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    f = lambda v: v.float()
    return torch.relu(f(x_t) @ f(W_xh).T + f(h_prev) @ f(W_hh).T + f(b_h))
