# convert_gru · takes four values by their order · loses: test_takes_a_real_state_dict
def convert_gru(weights):
    W_ih, W_hh, b_ih, b_hh = weights.values()
    W_xr, W_xz, W_xh = W_ih.chunk(3)
    W_hr, W_hz, W_hh = W_hh.chunk(3)
    b_r, b_z, _ = (b_ih + b_hh).chunk(3)
    b_xh, b_hh = b_ih.chunk(3)[2], b_hh.chunk(3)[2]
    return {
        "W_xr": W_xr, "W_hr": W_hr, "b_r": b_r,
        "W_xz": W_xz, "W_hz": W_hz, "b_z": b_z,
        "W_xh": W_xh, "W_hh": W_hh, "b_xh": b_xh, "b_hh": b_hh,
    }
