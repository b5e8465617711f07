# read_state · a table of all that there is
def read_state(output, h_n, layer, t, backward=False):
    num_directions = output.shape[2] // h_n.shape[2]
    L, T = h_n.shape[0] // num_directions, output.shape[0]
    table = {}
    for d in range(num_directions):
        for l in range(L):
            table[l + 1, 1 if d else T, d] = h_n[num_directions * l + d]
        for s in range(T):
            table[L, s + 1, d] = torch.tensor_split(output[s], num_directions, dim=-1)[d]
    return table.get((layer, t, int(backward)))
