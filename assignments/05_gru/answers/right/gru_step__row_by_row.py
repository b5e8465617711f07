# gru_step · one sequence at a time, vectors as in the formula
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    rows = []
    for x, h in zip(x_t, h_prev):
        r = torch.sigmoid(W_xr @ x + W_hr @ h + b_r)
        z = torch.sigmoid(W_xz @ x + W_hz @ h + b_z)
        h_bar = torch.tanh(W_xh @ x + W_hh @ (r * h) + b_h)
        rows.append(z * h + (1 - z) * h_bar)
    return torch.stack(rows)
