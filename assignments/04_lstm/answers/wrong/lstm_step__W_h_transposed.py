# lstm_step · every W_h transposed · loses: test_sees_the_previous_output_state
def lstm_step(x_t, h_prev, c_prev, weights):
    def total(letter):
        return x_t @ weights["W_x" + letter].T + h_prev @ weights["W_h" + letter] + weights["b_" + letter]

    f_t, i_t, o_t = torch.sigmoid(total("f")), torch.sigmoid(total("i")), torch.sigmoid(total("o"))
    g_t = torch.tanh(total("c"))
    c_t = f_t * c_prev + i_t * g_t
    return o_t * torch.tanh(c_t), c_t
