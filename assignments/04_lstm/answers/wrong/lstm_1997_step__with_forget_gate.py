# lstm_1997_step · looks for a forget gate · loses: test_adds_the_gated_update, test_keeps_all_of_the_cell_state, test_shows_the_new_cell_state, test_leaves_the_weights_alone, test_lets_the_error_circulate
def lstm_1997_step(x_t, h_prev, c_prev, weights):
    def total(letter):
        return x_t @ weights["W_x" + letter].T + h_prev @ weights["W_h" + letter].T + weights["b_" + letter]

    i_t, o_t, g_t = torch.sigmoid(total("i")), torch.sigmoid(total("o")), torch.tanh(total("c"))
    c_t = torch.sigmoid(total("f")) * c_prev + i_t * g_t
    return o_t * torch.tanh(c_t), c_t
