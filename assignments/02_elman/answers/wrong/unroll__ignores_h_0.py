# unroll · it always starts from zero · loses: test_starts_from_h_0
def unroll(phi, x, lengths, h_0):
    h = torch.zeros_like(h_0)
    states = []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states)
    return states, states[lengths - 1, torch.arange(len(lengths))]
