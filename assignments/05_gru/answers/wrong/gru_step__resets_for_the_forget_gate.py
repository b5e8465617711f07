# gru_step · z sees the reset state · loses: test_computes_the_forget_gate, test_follows_the_lectures_equations
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    z = torch.sigmoid(x_t @ W_xz.T + (r * h_prev) @ W_hz.T + b_z)
    h = torch.tanh(x_t @ W_xh.T + (r * h_prev) @ W_hh.T + b_h)
    return z * h_prev + (1 - z) * h
