# torch_gru_step · computed under no_grad · loses: test_lets_gradients_through_torchs_form
def torch_gru_step(x_t, h_prev, W_xr, W_hr, b_r, W_xz, W_hz, b_z, W_xh, W_hh, b_xh, b_hh):
    with torch.no_grad():
        r = torch.sigmoid(x_t @ W_xr.T + h_prev @ W_hr.T + b_r)
        z = torch.sigmoid(x_t @ W_xz.T + h_prev @ W_hz.T + b_z)
        n = torch.tanh(x_t @ W_xh.T + b_xh + r * (h_prev @ W_hh.T + b_hh))
        return (1 - z) * n + z * h_prev
