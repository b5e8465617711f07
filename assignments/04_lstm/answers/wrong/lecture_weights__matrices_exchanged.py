# lecture_weights · W_x from weight_hh · loses: test_finds_the_matrices_of_the_input, test_finds_the_recurrent_matrices
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    weights = {}
    blocks = weight_hh.chunk(4), weight_ih.chunk(4), (bias_ih + bias_hh).chunk(4)
    for letter, W_x, W_h, b in zip("ifco", *blocks):
        weights["W_x" + letter], weights["W_h" + letter], weights["b_" + letter] = W_x, W_h, b
    return weights
