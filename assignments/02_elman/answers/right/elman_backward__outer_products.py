# elman_backward · sums of outer products over steps and sequences
def elman_backward(x, states, h_0, W_hh, grad_states):
    T, N, D = x.shape
    Q = W_hh.shape[0]
    grad_W_xh, grad_W_hh, grad_b_h = torch.zeros(Q, D), torch.zeros(Q, Q), torch.zeros(Q)
    for n in range(N):
        delta = torch.zeros(Q)
        for t in range(T - 1, -1, -1):
            delta = delta + grad_states[t, n]
            a = torch.where(states[t, n] > 0, delta, torch.zeros(Q))
            grad_W_xh += torch.outer(a, x[t, n])
            grad_W_hh += torch.outer(a, states[t - 1, n] if t else h_0[n])
            grad_b_h += a
            delta = W_hh.T @ a
    return grad_W_xh, grad_W_hh, grad_b_h
