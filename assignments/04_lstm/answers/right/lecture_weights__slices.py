# lecture_weights · slices, one by one
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    Q = len(bias_ih) // 4
    bias = bias_ih + bias_hh
    weights = {}
    for k, letter in enumerate(["i", "f", "c", "o"]):
        rows = slice(k * Q, (k + 1) * Q)
        weights["W_x" + letter] = weight_ih[rows]
        weights["W_h" + letter] = weight_hh[rows]
        weights["b_" + letter] = bias[rows]
    return weights
