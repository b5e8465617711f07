# gated_step · one sequence after the other
def gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z):
    rows = []
    for x, h in zip(x_t, h_prev):
        h_bar = torch.relu(W_xh @ x + W_hh @ h + b_h)
        z = torch.sigmoid(W_xz @ x + W_hz @ h + b_z)
        rows.append(z * h + (1 - z) * h_bar)
    return torch.stack(rows)
