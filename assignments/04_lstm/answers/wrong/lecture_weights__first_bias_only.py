# lecture_weights · bias_hh is left out · loses: test_adds_the_two_biases, test_gradients_reach_torchs_parameters
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    weights = {}
    blocks = weight_ih.chunk(4), weight_hh.chunk(4), bias_ih.chunk(4)
    for letter, W_x, W_h, b in zip("ifco", *blocks):
        weights["W_x" + letter], weights["W_h" + letter], weights["b_" + letter] = W_x, W_h, b
    return weights
