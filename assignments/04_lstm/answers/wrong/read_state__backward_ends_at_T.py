# read_state · the backward direction ends at T · loses: test_reads_both_directions_of_lower_layers
def read_state(output, h_n, layer, t, backward=False):
    T, Q = len(output), h_n.shape[2]
    directions = output.shape[2] // Q
    L = len(h_n) // directions
    if layer == L:
        return output[t - 1, :, Q:] if backward else output[t - 1, :, :Q]
    if t == T:
        return h_n[directions * (layer - 1) + backward]
    return None
