# stacked_lstm · next layer starts from the layer below's last states · loses: test_each_layer_starts_from_its_own_states, test_each_layer_reads_the_one_below, test_gradients_go_back_through_layers_and_time
def stacked_lstm(step, x, h_0, c_0, layers):
    h_n, c_n = [], []
    h, c = h_0[0], c_0[0]
    for w in layers:
        out = []
        for x_t in x:
            h, c = step(x_t, h, c, w)
            out.append(h)
        x = torch.stack(out)
        h_n.append(h); c_n.append(c)
    return x, torch.stack(h_n), torch.stack(c_n)
