# gru_step · the reset as a change of the matrix, for each sequence
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    z = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    W = W_hh * r[:, None, :]
    from_h = (W @ h_prev[:, :, None]).squeeze(2)
    h_bar = torch.tanh(x_t @ W_xh.T + from_h + b_h)
    return h_bar * (1 - z) + h_prev * z
