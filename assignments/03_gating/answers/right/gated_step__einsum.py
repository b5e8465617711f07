# gated_step · einsum
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    def total(W_x, W_h, b):
        return torch.einsum("nd,qd->nq", x_t, W_x) + torch.einsum("np,qp->nq", h_prev, W_h) + b

    z = total(W_xz, W_hz, b_z).sigmoid()
    return z * h_prev + (1 - z) * total(W_xh, W_hh, b_h).relu()
