# elman_step · torch's own cell function
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return torch.rnn_relu_cell(x_t, h_prev, W_xh, W_hh, b_h, torch.zeros_like(b_h))
