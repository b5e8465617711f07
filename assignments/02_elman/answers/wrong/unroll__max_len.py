# unroll · only runs up to lengths.max(): states are shorter than T · loses: test_applies_phi_at_every_step
def unroll(phi, x, lengths, h_0):
    h, states = h_0, []
    for x_t in x[: int(lengths.max())]:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states)
    return states, last_valid(states, lengths)
