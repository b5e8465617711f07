# lstm_1997_step · one matrix product for all three, then chunks
def lstm_1997_step(x_t, h_prev, c_prev, weights):
    W_x, W_h = (torch.cat([weights[part + k] for k in "ioc"]) for part in ("W_x", "W_h"))
    b = torch.cat([weights["b_" + k] for k in "ioc"])
    i, o, g = (x_t @ W_x.T + h_prev @ W_h.T + b).chunk(3, dim=1)
    c_t = c_prev + i.sigmoid() * g.tanh()
    return o.sigmoid() * c_t.tanh(), c_t
