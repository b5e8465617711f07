# elman_backward · the ReLU's derivative as a sign, flattened products
def elman_backward(x, states, h_0, W_hh, grad_states):
    T, N, Q = states.shape
    dphi = states.sign()
    deltas = [None] * T
    carry = 0
    for t in range(T)[::-1]:
        deltas[t] = (grad_states[t] + carry) * dphi[t]
        carry = deltas[t] @ W_hh
    deltas = torch.stack(deltas).reshape(T * N, Q)
    previous = torch.cat((h_0.unsqueeze(0), states[:-1])).reshape(T * N, Q)
    return deltas.T @ x.reshape(T * N, -1), deltas.T @ previous, deltas.sum(0)
