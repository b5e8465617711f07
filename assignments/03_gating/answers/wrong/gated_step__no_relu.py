# gated_step · no ReLU · loses: test_cuts_the_full_update_off_at_zero, test_follows_all_equations_at_once
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    h_bar = (x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
    z_t = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    return z_t * h_prev + (1 - z_t) * h_bar
