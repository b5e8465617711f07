# read_state · views with a dimension for the directions
def read_state(output, h_n, layer, t, backward=False):
    T, N, _ = output.shape
    Q = h_n.shape[-1]
    output = output.view(T, N, -1, Q)
    h_n = h_n.view(-1, output.shape[2], N, Q)
    direction = int(backward)
    if layer == h_n.shape[0]:
        return output[t - 1, :, direction]
    if (direction == 0 and t == T) or (direction == 1 and t == 1):
        return h_n[layer - 1, direction]
