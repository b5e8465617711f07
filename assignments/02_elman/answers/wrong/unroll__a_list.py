# unroll · the states are a list · loses: test_applies_phi_at_every_step, test_starts_from_h_0, test_unrolls_in_float64
def unroll(phi, x, lengths, h_0):
    states = []
    h = h_0
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    h_last = torch.stack([states[length - 1][n] for n, length in enumerate(lengths.tolist())])
    return states, h_last
