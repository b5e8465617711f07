# gru_step · both gates from one matrix
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    both = torch.cat([x_t, h_prev], dim=1)
    W = torch.cat([torch.cat([W_xr, W_hr], 1), torch.cat([W_xz, W_hz], 1)])
    r, z = torch.sigmoid(both @ W.T + torch.cat([b_r, b_z])).chunk(2, dim=1)
    both = torch.cat([x_t, r * h_prev], dim=1)
    new = torch.tanh(both @ torch.cat([W_xh, W_hh], 1).T + b_h)
    return (1 - z) * new + z * h_prev
