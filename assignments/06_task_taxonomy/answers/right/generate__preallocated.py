# generate · preallocated
def generate(step, h_0, choose, max_length):
    N = h_0.shape[1]
    written = torch.full((max_length, N), PADDING)
    current, state = torch.full((N,), BEGIN), h_0
    for t in range(max_length):
        scores, state = step(current, state)
        current = choose(scores)
        going_on = (written[:t] != END).all(0)
        written[t] = torch.where(going_on, current, PADDING)
        if (written[: t + 1] == END).any(0).all():
            return written[: t + 1]
    return written
