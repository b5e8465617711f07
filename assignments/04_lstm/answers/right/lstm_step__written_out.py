# lstm_step · every equation on its own line
def lstm_step(x_t, h_prev, c_prev, weights):
    w = weights
    f_t = torch.sigmoid(x_t @ w["W_xf"].T + h_prev @ w["W_hf"].T + w["b_f"])
    i_t = torch.sigmoid(x_t @ w["W_xi"].T + h_prev @ w["W_hi"].T + w["b_i"])
    o_t = torch.sigmoid(x_t @ w["W_xo"].T + h_prev @ w["W_ho"].T + w["b_o"])
    g_t = torch.tanh(x_t @ w["W_xc"].T + h_prev @ w["W_hc"].T + w["b_c"])
    c_t = f_t * c_prev + i_t * g_t
    h_t = o_t * torch.tanh(c_t)
    return h_t, c_t
