# unroll · the state is frozen after each end
def unroll(phi, x, lengths, h_0):
    h, states = h_0, []
    for t, x_t in enumerate(x):
        running = (t < lengths).float()[:, None]
        h = running * phi(x_t, h) + (1 - running) * h
        states.append(h)
    return torch.stack(states), h
