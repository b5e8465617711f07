# gru_step · with F.linear
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    linear = nn.functional.linear
    r_t = torch.sigmoid(linear(x_t, W_xr, b_r) + linear(h_prev, W_hr))
    z_t = torch.sigmoid(linear(x_t, W_xz, b_z) + linear(h_prev, W_hz))
    update = torch.tanh(linear(x_t, W_xh, b_h) + linear(h_prev * r_t, W_hh))
    return update + z_t * (h_prev - update)
