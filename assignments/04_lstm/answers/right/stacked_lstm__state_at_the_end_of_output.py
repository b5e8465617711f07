# stacked_lstm · h_n taken from each layer's output
def stacked_lstm(step, x, h_0, c_0, layers):
    outputs, cells = [x], []
    for weights, h_t, c_t in zip(layers, h_0.unbind(), c_0.unbind()):
        states = []
        for x_t in outputs[-1]:
            h_t, c_t = step(x_t, h_t, c_t, weights)
            states += [h_t]
        outputs.append(torch.stack(states))
        cells.append(c_t)
    return outputs[-1], torch.stack([output[-1] for output in outputs[1:]]), torch.stack(cells)
