# elman_step · one sequence after the other
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    rows = []
    for x, h in zip(x_t, h_prev):
        rows.append(torch.clamp(W_xh @ x + W_hh @ h + b_h, min=0))
    return torch.stack(rows)
