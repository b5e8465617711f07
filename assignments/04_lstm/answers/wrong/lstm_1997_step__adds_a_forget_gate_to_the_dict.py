# lstm_1997_step · mutates the weights dict by adding W_xf · loses: test_leaves_the_weights_alone
def lstm_1997_step(x_t, h_prev, c_prev, weights):
    weights["W_xf"], weights["W_hf"] = torch.zeros_like(weights["W_xi"]), torch.zeros_like(weights["W_hi"])
    weights["b_f"] = torch.full_like(weights["b_i"], 1000.0)
    return lstm_step(x_t, h_prev, c_prev, weights)
