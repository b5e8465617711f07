# torch_gru_step · all products with h_prev in one
def torch_gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_xh, b_hh):
    from_x = x_t @ torch.cat([W_xr, W_xz, W_xh]).T + torch.cat([b_r, b_z, b_xh])
    from_h = h_prev @ torch.cat([W_hr, W_hz, W_hh]).T
    x_r, x_z, x_n = from_x.chunk(3, dim=1)
    h_r, h_z, h_n = from_h.chunk(3, dim=1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    return torch.lerp(torch.tanh(x_n + r * (h_n + b_hh)), h_prev, z)
