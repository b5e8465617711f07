# torch_gru_step · the weights stacked for torch
def torch_gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_xh, b_hh):
    nothing = torch.zeros_like(b_r)
    return torch.gru_cell(
        x_t,
        h_prev,
        torch.cat([W_xr, W_xz, W_xh]),
        torch.cat([W_hr, W_hz, W_hh]),
        torch.cat([b_r, b_z, b_xh]),
        torch.cat([nothing, nothing, b_hh]),
    )
