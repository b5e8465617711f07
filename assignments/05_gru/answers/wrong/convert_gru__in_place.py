# convert_gru · adds the biases inside the module · loses: test_leaves_the_module_as_it_is, test_gradients_reach_torchs_gru
def convert_gru(weights):
    W_xr, W_xz, W_xh = weights["weight_ih_l0"].chunk(3)
    W_hr, W_hz, W_hh = weights["weight_hh_l0"].chunk(3)
    b_ir, b_iz, b_xh = weights["bias_ih_l0"].chunk(3)
    b_hr, b_hz, b_hh = weights["bias_hh_l0"].chunk(3)
    b_r, b_z = b_ir, b_iz
    b_r += b_hr
    b_z += b_hz
    return {
        "W_xr": W_xr, "W_hr": W_hr, "b_r": b_r,
        "W_xz": W_xz, "W_hz": W_hz, "b_z": b_z,
        "W_xh": W_xh, "W_hh": W_hh, "b_xh": b_xh, "b_hh": b_hh,
    }
