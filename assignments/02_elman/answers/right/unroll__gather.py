# unroll · gather
def unroll(phi, x, lengths, h_0):
    all_h = [h_0]
    for x_t in x.unbind(0):
        all_h += [phi(x_t, all_h[-1])]
    states = torch.stack(all_h[1:])
    index = (lengths - 1).view(1, -1, 1).expand(1, -1, states.size(2))
    return states, states.gather(0, index).squeeze(0)
