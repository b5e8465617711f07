# stacked_lstm · h_0 and c_0 are ignored · loses: test_each_layer_starts_from_its_own_states
def stacked_lstm(step, x, h_0, c_0, layers):
    h_n, c_n = [], []
    for l, weights in enumerate(layers):
        h_t, c_t, states = torch.zeros_like(h_0[l]), torch.zeros_like(c_0[l]), []
        for x_t in x:
            h_t, c_t = step(x_t, h_t, c_t, weights)
            states.append(h_t)
        x = torch.stack(states)
        h_n.append(h_t)
        c_n.append(c_t)
    return x, torch.stack(h_n), torch.stack(c_n)
