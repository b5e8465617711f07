# lstm_1997_step · torch.addcmul and a helper
def pre(letter, x, h, w):
    return torch.addmm(w["b_" + letter], x, w["W_x" + letter].t()) + h.mm(w["W_h" + letter].t())


def lstm_1997_step(x_t, h_prev, c_prev, weights):
    update = torch.tanh(pre("c", x_t, h_prev, weights))
    c_t = torch.addcmul(c_prev, torch.sigmoid(pre("i", x_t, h_prev, weights)), update)
    return torch.sigmoid(pre("o", x_t, h_prev, weights)) * torch.tanh(c_t), c_t
