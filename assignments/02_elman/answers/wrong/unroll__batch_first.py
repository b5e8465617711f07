# unroll · the states come batch first · loses: test_applies_phi_at_every_step, test_starts_from_h_0
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states, dim=1)
    return states, states[torch.arange(len(lengths)), lengths - 1]
