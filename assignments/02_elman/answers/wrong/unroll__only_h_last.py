# unroll · only h_last is returned · loses: test_applies_phi_at_every_step, test_starts_from_h_0, test_returns_the_last_state_of_equal_lengths, test_reads_each_sequence_at_its_own_end, test_lets_gradients_through_time, test_unrolls_in_float64
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    return torch.stack(states)[lengths - 1, torch.arange(len(lengths))]
