# read_state · h_n with all forward layers first · loses: test_reads_both_directions_of_lower_layers
def read_state(output, h_n, layer, t, backward=False):
    T, Q = len(output), h_n.shape[2]
    directions = output.shape[2] // Q
    L = len(h_n) // directions
    if layer == L:
        return output[t - 1, :, Q:] if backward else output[t - 1, :, :Q]
    if t == (1 if backward else T):
        return h_n[(layer - 1) + L * backward]
    return None
