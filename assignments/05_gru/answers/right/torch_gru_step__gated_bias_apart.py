# torch_gru_step · the product multiplied out
def torch_gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_xh, b_hh):
    r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
    z = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
    from_h = torch.einsum("nq,qk,nk->nq", r, W_hh, h_prev)
    h_bar = torch.tanh(x_t @ W_xh.T + from_h + b_xh + r * b_hh)
    return h_prev * z + h_bar * (1 - z)
