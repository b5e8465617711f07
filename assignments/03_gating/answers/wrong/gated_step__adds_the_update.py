# gated_step · the full update is added with weight one · loses: test_keeps_the_state_for_z_1, test_lies_between_the_old_state_and_the_full_update, test_follows_all_equations_at_once
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    h_bar = torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
    z_t = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    return z_t * h_prev + h_bar
