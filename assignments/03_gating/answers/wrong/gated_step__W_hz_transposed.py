# gated_step · W_hz acts transposed · loses: test_the_gate_sees_the_old_state, test_follows_all_equations_at_once
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    h_bar = torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
    z_t = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz + b_z)
    return z_t * h_prev + (1 - z_t) * h_bar
