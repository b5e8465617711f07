# lecture_weights · every fourth row · loses: test_adds_the_two_biases, test_finds_the_matrices_of_the_input, test_finds_the_recurrent_matrices
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    weights = {}
    for k, letter in enumerate("ifco"):
        weights["W_x" + letter] = weight_ih[k::4]
        weights["W_h" + letter] = weight_hh[k::4]
        weights["b_" + letter] = (bias_ih + bias_hh)[k::4]
    return weights
