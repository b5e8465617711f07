# gru_step · sigmoid and tanh by their formulas, column vectors
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    def sigm(a):
        return 0.5 * (torch.tanh(a / 2) + 1)

    x, h = x_t.T, h_prev.T
    r = sigm(W_xr @ x + W_hr @ h + b_r[:, None])
    z = sigm(W_xz @ x + W_hz @ h + b_z[:, None])
    h_bar = torch.tanh(W_xh @ x + W_hh @ (r * h) + b_h[:, None])
    return (z * h + (1 - z) * h_bar).T
