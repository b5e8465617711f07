# unroll · a tensor that is filled step by step
def unroll(phi, x, lengths, h_0):
    T, N, _ = x.shape
    states = torch.zeros(T, N, h_0.shape[1], dtype=h_0.dtype)
    h = h_0
    for t in range(T):
        h = phi(x[t], h)
        states[t] = h
    h_last = torch.stack([states[lengths[n] - 1, n] for n in range(N)])
    return states, h_last
