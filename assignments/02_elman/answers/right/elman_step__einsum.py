# elman_step · einsum
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    total = torch.einsum("nd,qd->nq", x_t, W_xh) + torch.einsum("np,qp->nq", h_prev, W_hh) + b_h
    return torch.relu(total)
