# gated_step · the gate is detached · loses: test_the_step_lets_gradients_through
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    h_bar = torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)
    z_t = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    z_t = z_t.detach()
    return z_t * h_prev + (1 - z_t) * h_bar
