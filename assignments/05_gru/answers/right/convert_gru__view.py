# convert_gru · a view with the gates as an axis
def convert_gru(weights):
    W_x, W_h = (weights[f"weight_{s}h_l0"].unflatten(0, (3, -1)) for s in "ih")
    b_x, b_h = (weights[f"bias_{s}h_l0"].view(3, -1) for s in "ih")
    w = {f"W_x{g}": W for g, W in zip("rzh", W_x)} | {f"W_h{g}": W for g, W in zip("rzh", W_h)}
    return w | {"b_r": b_x[0] + b_h[0], "b_z": b_x[1] + b_h[1], "b_xh": b_x[2], "b_hh": b_h[2]}
