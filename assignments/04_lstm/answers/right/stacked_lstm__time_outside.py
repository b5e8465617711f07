# stacked_lstm · the loop over time outside
def stacked_lstm(step, x, h_0, c_0, layers):
    h, c = list(h_0), list(c_0)
    output = []
    for x_t in x:
        below = x_t
        for layer, weights in enumerate(layers):
            h[layer], c[layer] = step(below, h[layer], c[layer], weights)
            below = h[layer]
        output.append(below)
    return torch.stack(output), torch.stack(h), torch.stack(c)
