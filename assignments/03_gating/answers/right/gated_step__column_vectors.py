# gated_step · columns, as in the formula
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    x, h = x_t.T, h_prev.T
    h_bar = torch.relu(W_xh @ x + W_hh @ h + b_h[:, None])
    z = torch.sigmoid(W_xz @ x + W_hz @ h + b_z[:, None])
    return (z * h + (1 - z) * h_bar).T
