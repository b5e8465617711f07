# elman_step · both inputs side by side, one matrix
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    both = torch.cat([x_t, h_prev], dim=1)
    weights = torch.cat([W_xh, W_hh], dim=1)
    return torch.addmm(b_h, both, weights.t()).relu()
