# lecture_weights · a view with a dimension for the gates
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    Q = weight_hh.shape[1]
    W_x, W_h, b = weight_ih.view(4, Q, -1), weight_hh.view(4, Q, Q), (bias_ih + bias_hh).view(4, Q)
    I, FORGET, CELL, O = range(4)
    place = {"f": FORGET, "i": I, "o": O, "c": CELL}
    return (
        {f"W_x{g}": W_x[k] for g, k in place.items()}
        | {f"W_h{g}": W_h[k] for g, k in place.items()}
        | {f"b_{g}": b[k] for g, k in place.items()}
    )
