# convert_gru · z before r · loses: test_splits_the_input_matrices, test_splits_the_recurrent_matrices, test_adds_the_biases_of_the_gates, test_gives_the_states_of_the_real_module
def convert_gru(weights):
    W_xz, W_xr, W_xh = weights["weight_ih_l0"].chunk(3)
    W_hz, W_hr, W_hh = weights["weight_hh_l0"].chunk(3)
    b_iz, b_ir, b_xh = weights["bias_ih_l0"].chunk(3)
    b_hz, b_hr, b_hh = weights["bias_hh_l0"].chunk(3)
    b_r, b_z = b_ir + b_hr, b_iz + b_hz
    return {
        "W_xr": W_xr, "W_hr": W_hr, "b_r": b_r,
        "W_xz": W_xz, "W_hz": W_hz, "b_z": b_z,
        "W_xh": W_xh, "W_hh": W_hh, "b_xh": b_xh, "b_hh": b_hh,
    }
