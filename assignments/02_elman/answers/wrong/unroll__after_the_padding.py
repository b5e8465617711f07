# unroll · h_last is the state after the padding · loses: test_reads_each_sequence_at_its_own_end
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = []
    for x_t in x:
        h = phi(x_t, h)
        states.append(h)
    states = torch.stack(states)
    return states, states[-1]
