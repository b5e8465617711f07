# gru_step · with einsum and lerp
def gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_h):
    def act(W, v):
        return torch.einsum("qd,nd->nq", W, v)

    r_t = (act(W_xr, x_t) + act(W_hr, h_prev) + b_r).sigmoid()
    z_t = (act(W_xz, x_t) + act(W_hz, h_prev) + b_z).sigmoid()
    h_bar = (act(W_xh, x_t) + act(W_hh, r_t * h_prev) + b_h).tanh()
    return torch.lerp(h_bar, h_prev, z_t)
