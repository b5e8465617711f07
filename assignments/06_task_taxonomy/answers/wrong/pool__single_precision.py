# pool · a result in float32 is filled sequence by sequence · loses: test_double_precision_stays
def pool(states, lengths, how):
    T, N, Q = states.shape
    pooled = torch.zeros(N, Q)
    for n in range(N):
        own = states[: lengths[n], n]
        pooled[n] = own[-1] if how == "last" else own.mean(0) if how == "mean" else own.amax(0)
    return pooled
