# elman_backward · adds into grad_states in place · loses: test_leaves_its_arguments_alone
def elman_backward(x, states, h_0, W_hh, grad_states):
    for t in reversed(range(len(x))):
        grad_states[t] *= states[t] > 0
        if t:
            grad_states[t - 1] += grad_states[t] @ W_hh
    before = torch.cat([h_0[None], states[:-1]])
    f = grad_states.flatten(0, 1)
    return f.T @ x.flatten(0, 1), f.T @ before.flatten(0, 1), f.sum(0)
