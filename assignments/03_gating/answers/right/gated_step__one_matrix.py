# gated_step · both sums by one matrix
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    xh = torch.cat([x_t, h_prev], dim=1)
    W = torch.cat([torch.cat([W_xh, W_hh], dim=1), torch.cat([W_xz, W_hz], dim=1)])
    full, gate = (xh @ W.T + torch.cat([b_h, b_z])).chunk(2, dim=1)
    z = torch.sigmoid(gate)
    return z * h_prev + (1 - z) * full.clamp(min=0)
