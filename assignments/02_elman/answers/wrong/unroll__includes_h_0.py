# unroll · the states begin with h_0 · loses: test_applies_phi_at_every_step, test_starts_from_h_0
def unroll(phi, x, lengths, h_0):
    states = [h_0]
    for x_t in x:
        states.append(phi(x_t, states[-1]))
    states = torch.stack(states)
    return states, states[lengths, torch.arange(len(lengths))]
