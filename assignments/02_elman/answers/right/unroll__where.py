# unroll · the last state is caught on the way
def unroll(phi, x, lengths, h_0):
    state = h_last = h_0
    states = []
    for step, x_t in enumerate(x, start=1):
        state = phi(x_t, state)
        states.append(state)
        h_last = torch.where((lengths == step).unsqueeze(1), state, h_last)
    return torch.stack(states, dim=0), h_last
