# convert_gru · slices by Q
def convert_gru(weights):
    Q = weights["weight_hh_l0"].shape[1]
    parts = {"r": slice(0, Q), "z": slice(Q, 2 * Q), "h": slice(2 * Q, 3 * Q)}
    w = {}
    for gate, rows in parts.items():
        w["W_x" + gate] = weights["weight_ih_l0"][rows]
        w["W_h" + gate] = weights["weight_hh_l0"][rows]
        if gate != "h":
            w["b_" + gate] = weights["bias_ih_l0"][rows] + weights["bias_hh_l0"][rows]
    w["b_xh"] = weights["bias_ih_l0"][2 * Q :]
    w["b_hh"] = weights["bias_hh_l0"][2 * Q :]
    return w
