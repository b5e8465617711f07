# convert_gru · lists of numbers in place of tensors · loses: test_names_the_ten_weights, test_splits_the_input_matrices, test_splits_the_recurrent_matrices, test_adds_the_biases_of_the_gates, test_keeps_the_biases_of_the_update_apart, test_gives_the_states_of_the_real_module, test_leaves_the_module_as_it_is, test_gradients_reach_torchs_gru, test_takes_a_real_state_dict
def convert_gru(weights):
    W_xr, W_xz, W_xh = weights["weight_ih_l0"].chunk(3)
    W_hr, W_hz, W_hh = weights["weight_hh_l0"].chunk(3)
    b_ir, b_iz, b_xh = weights["bias_ih_l0"].chunk(3)
    b_hr, b_hz, b_hh = weights["bias_hh_l0"].chunk(3)
    b_r, b_z = b_ir + b_hr, b_iz + b_hz
    w = dict(W_xr=W_xr, W_hr=W_hr, b_r=b_r, W_xz=W_xz, W_hz=W_hz, b_z=b_z, W_xh=W_xh, W_hh=W_hh, b_xh=b_xh, b_hh=b_hh)
    return {name: value.tolist() for name, value in w.items()}
