# unroll · each step is detached from the one before · loses: test_lets_gradients_through_time
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = []
    for x_t in x:
        h = phi(x_t, h.detach())
        states.append(h)
    states = torch.stack(states)
    return states, states[lengths - 1, torch.arange(len(lengths))]
