# lstm_step · one matrix product for everything, then chunks
def lstm_step(x_t, h_prev, c_prev, weights):
    together = torch.cat([x_t, h_prev], dim=1)
    W = torch.cat([torch.cat([weights["W_x" + k], weights["W_h" + k]], dim=1) for k in "fioc"])
    b = torch.cat([weights["b_" + k] for k in "fioc"])
    f, i, o, g = (together @ W.T + b).chunk(4, dim=1)
    c_t = torch.addcmul(torch.sigmoid(f) * c_prev, torch.sigmoid(i), torch.tanh(g))
    return torch.sigmoid(o) * torch.tanh(c_t), c_t
