# lstm_step · returns c, h · loses: test_the_update_enters_through_the_input_gate, test_the_forget_gate_keeps_a_part_of_the_cell_state, test_the_output_gate_shows_the_new_cell_state, test_sees_the_previous_output_state
def lstm_step(x_t, h_prev, c_prev, weights):
    def pre(k): return x_t @ weights["W_x" + k].T + h_prev @ weights["W_h" + k].T + weights["b_" + k]
    f, i, o, g = pre("f").sigmoid(), pre("i").sigmoid(), pre("o").sigmoid(), pre("c").tanh()
    c_t = f * c_prev + i * g
    return c_t, o * c_t.tanh()
