# convert_gru · slices of D rows in place of Q · loses: test_names_the_ten_weights, test_splits_the_input_matrices, test_splits_the_recurrent_matrices, test_adds_the_biases_of_the_gates, test_keeps_the_biases_of_the_update_apart, test_gives_the_states_of_the_real_module, test_leaves_the_module_as_it_is, test_takes_a_real_state_dict
def convert_gru(weights):
    D = weights["weight_ih_l0"].shape[1]
    W_xr, W_xz, W_xh = (weights["weight_ih_l0"][i * D : (i + 1) * D] for i in range(3))
    W_hr, W_hz, W_hh = (weights["weight_hh_l0"][i * D : (i + 1) * D] for i in range(3))
    b_r, b_z, _ = ((weights["bias_ih_l0"] + weights["bias_hh_l0"])[i * D : (i + 1) * D] for i in range(3))
    b_xh, b_hh = weights["bias_ih_l0"][2 * D : 3 * D], weights["bias_hh_l0"][2 * D : 3 * D]
    return {
        "W_xr": W_xr, "W_hr": W_hr, "b_r": b_r,
        "W_xz": W_xz, "W_hz": W_hz, "b_z": b_z,
        "W_xh": W_xh, "W_hh": W_hh, "b_xh": b_xh, "b_hh": b_hh,
    }
