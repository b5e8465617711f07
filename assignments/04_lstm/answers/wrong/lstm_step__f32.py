# lstm_step · only float32: casts · loses: test_a_step_in_float64
def lstm_step(x_t, h_prev, c_prev, weights):
    def pre(k): return x_t.float() @ weights["W_x" + k].float().T + h_prev.float() @ weights["W_h" + k].float().T + weights["b_" + k].float()
    f, i, o, g = pre("f").sigmoid(), pre("i").sigmoid(), pre("o").sigmoid(), pre("c").tanh()
    c_t = f * c_prev.float() + i * g
    return o * c_t.tanh(), c_t
