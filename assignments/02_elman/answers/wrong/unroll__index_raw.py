# unroll · states[lengths], beyond the end of the longest · loses: test_returns_the_last_state_of_equal_lengths, test_reads_each_sequence_at_its_own_end
def unroll(phi, x, lengths, h_0):
    h, states = h_0, []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states)
    return states, states[lengths, torch.arange(x.shape[1])]
