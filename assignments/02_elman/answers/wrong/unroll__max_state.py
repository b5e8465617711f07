# unroll · picks the last nonzero input step instead of lengths · loses: test_reads_each_sequence_at_its_own_end
def unroll(phi, x, lengths, h_0):
    h, states = h_0, []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states)
    own = (x != 0).any(-1).sum(0)
    return states, states[own - 1, torch.arange(x.shape[1])]
