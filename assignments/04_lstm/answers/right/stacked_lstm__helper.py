# stacked_lstm · one layer as a helper
def one_layer(step, x, h, c, weights):
    states = []
    for t in range(x.shape[0]):
        h, c = step(x[t], h, c, weights)
        states.append(h)
    return torch.stack(states, dim=0), h, c


def stacked_lstm(step, x, h_0, c_0, layers):
    output, last = x, []
    for layer in range(len(layers)):
        output, h, c = one_layer(step, output, h_0[layer], c_0[layer], layers[layer])
        last.append((h, c))
    return output, torch.stack([h for h, _ in last]), torch.stack([c for _, c in last])
