# unroll · writes into torch.zeros (float32) buffer · loses: test_unrolls_in_float64
def unroll(phi, x, lengths, h_0):
    states = torch.zeros(len(x), *h_0.shape)
    h = h_0
    for t in range(len(x)):
        h = phi(x[t], h)
        states[t] = h
    return states, states[lengths - 1, torch.arange(x.shape[1])]
