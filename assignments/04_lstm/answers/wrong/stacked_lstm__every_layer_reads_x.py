# stacked_lstm · every layer reads the input · loses: test_each_layer_starts_from_its_own_states, test_each_layer_reads_the_one_below, test_gradients_go_back_through_layers_and_time
def stacked_lstm(step, x, h_0, c_0, layers):
    h_n, c_n = [], []
    for weights, h_t, c_t in zip(layers, h_0, c_0):
        states = []
        for x_t in x:
            h_t, c_t = step(x_t, h_t, c_t, weights)
            states.append(h_t)
        h_n.append(h_t)
        c_n.append(c_t)
    return torch.stack(states), torch.stack(h_n), torch.stack(c_n)
