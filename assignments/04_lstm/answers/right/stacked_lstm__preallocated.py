# stacked_lstm · all states in two tensors
def stacked_lstm(step, x, h_0, c_0, layers):
    T, (L, N, Q) = len(x), h_0.shape
    hs = [[None] * T for _ in range(L)]
    cs = [[None] * T for _ in range(L)]
    for l in range(L):
        for t in range(T):
            below = x[t] if l == 0 else hs[l - 1][t]
            before = (h_0[l], c_0[l]) if t == 0 else (hs[l][t - 1], cs[l][t - 1])
            hs[l][t], cs[l][t] = step(below, *before, layers[l])
    return torch.stack(hs[-1]), torch.stack([row[-1] for row in hs]), torch.stack([row[-1] for row in cs])
