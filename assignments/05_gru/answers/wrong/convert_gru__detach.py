# convert_gru · detach · loses: test_gradients_reach_torchs_gru
def convert_gru(weights):
    weights = {k: v.detach() for k, v in weights.items()}
    W_xr, W_xz, W_xh = weights["weight_ih_l0"].chunk(3)
    W_hr, W_hz, W_hh = weights["weight_hh_l0"].chunk(3)
    (ar, az, an), (br, bz, bn) = weights["bias_ih_l0"].chunk(3), weights["bias_hh_l0"].chunk(3)
    return dict(W_xr=W_xr, W_hr=W_hr, b_r=ar + br, W_xz=W_xz, W_hz=W_hz, b_z=az + bz, W_xh=W_xh, W_hh=W_hh, b_xh=an, b_hh=bn)
