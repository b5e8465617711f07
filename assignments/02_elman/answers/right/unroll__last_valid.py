# unroll · the course's last_valid
def unroll(phi, x, lengths, h_0):
    h = h_0
    states = []
    for t in range(x.shape[0]):
        h = phi(x[t], h)
        states.append(h)
    states = torch.stack(states)
    return states, last_valid(states, lengths)
