# gated_step · torch's Elman cell for the full update
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    h_bar = torch.rnn_relu_cell(x_t, h_prev, W_xh, W_hh, b_h, torch.zeros_like(b_h))
    gate = 0.5 * (1 + torch.tanh((x_t @ W_xz.T + h_prev @ W_hz.T + b_z) / 2))
    return h_bar + gate * (h_prev - h_bar)
