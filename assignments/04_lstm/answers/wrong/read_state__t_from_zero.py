# read_state · t counts from 0 · loses: test_reads_both_directions_of_the_last_layer, test_reads_the_last_layer_at_every_time
def read_state(output, h_n, layer, t, backward=False):
    T, Q = len(output), h_n.shape[2]
    directions = output.shape[2] // Q
    L = len(h_n) // directions
    if layer == L:
        return output[t % T, :, Q:] if backward else output[t % T, :, :Q]
    if t == (1 if backward else T):
        return h_n[directions * (layer - 1) + backward]
    return None
