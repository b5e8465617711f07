# elman_step · transposed there and back
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    a = torch.matmul(W_xh, x_t.T) + torch.matmul(W_hh, h_prev.T) + b_h.unsqueeze(1)
    return torch.maximum(a, torch.zeros_like(a)).T
