# torch_gru_step · with F.linear
def torch_gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_xh, b_hh):
    F = nn.functional
    r = F.sigmoid(F.linear(x_t, W_xr, b_r) + F.linear(h_prev, W_hr))
    z = F.sigmoid(F.linear(x_t, W_xz, b_z) + F.linear(h_prev, W_hz))
    n = F.tanh(F.linear(x_t, W_xh, b_xh) + r * F.linear(h_prev, W_hh, b_hh))
    return n + z * (h_prev - n)
