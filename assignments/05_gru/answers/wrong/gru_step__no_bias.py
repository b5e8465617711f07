# gru_step · b_h is forgotten · loses: test_takes_in_the_input, test_follows_the_lectures_equations, test_lets_gradients_through
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    z = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    n = torch.tanh(x_t @ W_xh.T + (r * h_prev) @ W_hh.T)
    return z * h_prev + (1 - z) * n
