# stacked_lstm · recursion over the layers
def stacked_lstm(step, x, h_0, c_0, layers):
    first, *others = layers
    h, c, states = h_0[0], c_0[0], []
    for x_t in x.unbind(0):
        h, c = step(x_t, h, c, first)
        states.append(h)
    output, h_n, c_n = torch.stack(states), h[None], c[None]
    if others:
        output, upper_h, upper_c = stacked_lstm(step, output, h_0[1:], c_0[1:], others)
        h_n, c_n = torch.cat([h_n, upper_h]), torch.cat([c_n, upper_c])
    return output, h_n, c_n
