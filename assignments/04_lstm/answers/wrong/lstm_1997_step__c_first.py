# lstm_1997_step · returns the cell state first · loses: test_adds_the_gated_update, test_keeps_all_of_the_cell_state, test_shows_the_new_cell_state
def lstm_1997_step(x_t, h_prev, c_prev, weights):
    def total(letter):
        return x_t @ weights["W_x" + letter].T + h_prev @ weights["W_h" + letter].T + weights["b_" + letter]

    i_t, o_t, g_t = torch.sigmoid(total("i")), torch.sigmoid(total("o")), torch.tanh(total("c"))
    c_t = c_prev + i_t * g_t
    return c_t, o_t * torch.tanh(c_t)
