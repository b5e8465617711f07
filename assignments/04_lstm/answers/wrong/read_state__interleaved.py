# read_state · directions in turn · loses: test_reads_both_directions_of_the_last_layer
def read_state(output, h_n, layer, t, backward=False):
    T, Q = len(output), h_n.shape[2]
    directions = output.shape[2] // Q
    L = len(h_n) // directions
    if layer == L:
        return output[t - 1, :, int(backward) :: directions]
    if t == (1 if backward else T):
        return h_n[directions * (layer - 1) + backward]
    return None
