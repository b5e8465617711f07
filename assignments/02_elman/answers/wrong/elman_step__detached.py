# elman_step · gradients are cut off · loses: test_lets_gradients_through
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return torch.relu(x_t @ W_xh.T + h_prev.detach() @ W_hh.T + b_h)
