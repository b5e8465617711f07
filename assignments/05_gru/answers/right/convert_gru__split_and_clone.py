# convert_gru · split, everything copied
def convert_gru(weights):
    Q = len(weights["bias_ih_l0"]) // 3
    w_ih = [part.clone() for part in torch.split(weights["weight_ih_l0"], Q)]
    w_hh = [part.clone() for part in torch.split(weights["weight_hh_l0"], Q)]
    b_ih = [part.clone() for part in torch.split(weights["bias_ih_l0"], Q)]
    b_hh = [part.clone() for part in torch.split(weights["bias_hh_l0"], Q)]
    return dict(
        W_xr=w_ih[0], W_hr=w_hh[0], b_r=b_ih[0] + b_hh[0],
        W_xz=w_ih[1], W_hz=w_hh[1], b_z=b_ih[1] + b_hh[1],
        W_xh=w_ih[2], W_hh=w_hh[2], b_xh=b_ih[2], b_hh=b_hh[2],
    )
