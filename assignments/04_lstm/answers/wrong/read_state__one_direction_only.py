# read_state · h_n[layer - 1], as if there were one direction · loses: test_reads_both_directions_of_lower_layers, test_reads_both_directions_of_the_last_layer
def read_state(output, h_n, layer, t, backward=False):
    if layer == len(h_n):
        return output[t - 1]
    if t == len(output):
        return h_n[layer - 1]
    return None
