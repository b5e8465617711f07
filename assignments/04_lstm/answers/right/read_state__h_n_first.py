# read_state · h_n is asked first
def read_state(output, h_n, layer, t, backward=False):
    directions = output.shape[2] // h_n.shape[2]
    last = 1 if backward else output.shape[0]
    if t == last:
        return h_n[(layer - 1) * directions + (1 if backward else 0)]
    if layer * directions == h_n.shape[0]:
        return output[t - 1].chunk(directions, dim=1)[1 if backward else 0]
    return None
