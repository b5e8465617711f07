# stacked_lstm · the upper layer reads the step before · loses: test_each_layer_starts_from_its_own_states, test_each_layer_reads_the_one_below, test_gradients_go_back_through_layers_and_time
def stacked_lstm(step, x, h_0, c_0, layers):
    h, c, output = list(h_0), list(c_0), []
    for x_t in x:
        before = [x_t, *h[:-1]]
        for l, weights in enumerate(layers):
            h[l], c[l] = step(before[l], h[l], c[l], weights)
        output.append(h[-1])
    return torch.stack(output), torch.stack(h), torch.stack(c)
