# stacked_lstm · every layer with the weights of the first · loses: test_each_layer_starts_from_its_own_states, test_each_layer_reads_the_one_below, test_gradients_go_back_through_layers_and_time
def stacked_lstm(step, x, h_0, c_0, layers):
    h_n, c_n = [], []
    for l, weights in enumerate(layers):
        h_t, c_t, states = h_0[l], c_0[l], []
        for x_t in x:
            h_t, c_t = step(x_t, h_t, c_t, layers[0])
            states.append(h_t)
        x = torch.stack(states)
        h_n.append(h_t)
        c_n.append(c_t)
    return x, torch.stack(h_n), torch.stack(c_n)
