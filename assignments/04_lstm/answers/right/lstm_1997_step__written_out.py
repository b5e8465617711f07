# lstm_1997_step · every equation on its own line
def lstm_1997_step(x_t, h_prev, c_prev, weights):
    i_t = torch.sigmoid(x_t @ weights["W_xi"].T + h_prev @ weights["W_hi"].T + weights["b_i"])
    o_t = torch.sigmoid(x_t @ weights["W_xo"].T + h_prev @ weights["W_ho"].T + weights["b_o"])
    g_t = torch.tanh(x_t @ weights["W_xc"].T + h_prev @ weights["W_hc"].T + weights["b_c"])
    c_t = c_prev + i_t * g_t
    h_t = o_t * torch.tanh(c_t)
    return h_t, c_t
