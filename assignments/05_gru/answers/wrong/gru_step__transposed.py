# gru_step · W_hh is transposed · loses: test_is_a_leaky_tanh_network_with_half_open_gates, test_resets_before_the_product, test_follows_the_lectures_equations
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    z = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    n = torch.tanh(x_t @ W_xh.T + (r * h_prev) @ W_hh + b_h)
    return z * h_prev + (1 - z) * n
