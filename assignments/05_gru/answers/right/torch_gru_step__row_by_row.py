# torch_gru_step · vectors, as in the formula
def torch_gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_xh, b_hh):
    new = []
    for n in range(len(x_t)):
        x, h = x_t[n], h_prev[n]
        r = torch.sigmoid(W_xr.mv(x) + W_hr.mv(h) + b_r)
        z = torch.sigmoid(W_xz.mv(x) + W_hz.mv(h) + b_z)
        h_bar = torch.tanh(W_xh.mv(x) + b_xh + r * (W_hh.mv(h) + b_hh))
        new.append(z * h + (1 - z) * h_bar)
    return torch.stack(new)
