# lstm_1997_step · the carousel is cut · loses: test_lets_the_error_circulate
def lstm_1997_step(x_t, h_prev, c_prev, weights):
    def total(letter):
        return x_t @ weights["W_x" + letter].T + h_prev @ weights["W_h" + letter].T + weights["b_" + letter]

    i_t, o_t, g_t = torch.sigmoid(total("i")), torch.sigmoid(total("o")), torch.tanh(total("c"))
    c_t = c_prev.detach() + i_t * g_t
    return o_t * torch.tanh(c_t), c_t
