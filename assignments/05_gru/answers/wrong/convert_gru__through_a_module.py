# convert_gru · reads a module of the same size, detached · loses: test_gradients_reach_torchs_gru
def convert_gru(weights):
    size, D = weights["weight_ih_l0"].shape
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    cell = nn.GRUCell(D, size // 3)
    cell.load_state_dict({name: weights[name + "_l0"] for name in names})
    W_xr, W_xz, W_xh = cell.weight_ih.detach().chunk(3)
    W_hr, W_hz, W_hh = cell.weight_hh.detach().chunk(3)
    b_r, b_z, _ = (cell.bias_ih + cell.bias_hh).detach().chunk(3)
    b_xh, b_hh = cell.bias_ih.detach()[-(size // 3) :], cell.bias_hh.detach()[-(size // 3) :]
    return {
        "W_xr": W_xr, "W_hr": W_hr, "b_r": b_r,
        "W_xz": W_xz, "W_hz": W_hz, "b_z": b_z,
        "W_xh": W_xh, "W_hh": W_hh, "b_xh": b_xh, "b_hh": b_hh,
    }
