# gated_step · F.linear and lerp
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    h_bar = F.relu(F.linear(x_t, W_xh, b_h) + F.linear(h_prev, W_hh))
    z_t = F.linear(x_t, W_xz, b_z) + F.linear(h_prev, W_hz)
    return torch.lerp(h_bar, h_prev, z_t.sigmoid())
