# read_state · one direction cut out first
def read_state(output, h_n, layer, t, backward=False):
    Q = h_n.size(2)
    bidirectional = output.size(2) == 2 * Q
    if bidirectional:
        output = output[:, :, Q:] if backward else output[:, :, :Q]
        h_n = h_n[1::2] if backward else h_n[::2]
    if layer == len(h_n):
        return output[t - 1]
    at_its_end = t == 1 if backward else t == len(output)
    return h_n[layer - 1] if at_its_end else None
