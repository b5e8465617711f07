# unroll · h_last is read one step too late · loses: test_returns_the_last_state_of_equal_lengths, test_reads_each_sequence_at_its_own_end
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states)
    return states, states[lengths, torch.arange(len(lengths))]
