# gru_step · z is computed with r's weights · loses: test_keeps_the_state_where_z_is_one, test_never_resets_anything_but_the_state, test_resets_before_the_product, test_computes_the_reset_gate, test_computes_the_forget_gate, test_follows_the_lectures_equations, test_lets_gradients_through
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    z = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    n = torch.tanh(x_t @ W_xh.T + (r * h_prev) @ W_hh.T + b_h)
    return z * h_prev + (1 - z) * n
