# unroll · the last input is never read · loses: test_returns_the_last_state_of_equal_lengths, test_reads_each_sequence_at_its_own_end, test_unrolls_in_float64
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = torch.zeros(len(x), *h_0.shape)
    for t in range(len(x) - 1):
        h = phi(x[t], h)
        states[t] = h
    return states, states[lengths - 1, torch.arange(len(lengths))]
