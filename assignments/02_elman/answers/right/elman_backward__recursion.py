# elman_backward · a recursive helper
def backward_from(t, arriving, x, states, h_0, W_hh, grad_states):
    alpha = (grad_states[t] + arriving) * (states[t] > 0)
    h_before = h_0 if t == 0 else states[t - 1]
    here = (alpha.T @ x[t], alpha.T @ h_before, alpha.sum(0))
    if t == 0:
        return here
    earlier = backward_from(t - 1, alpha @ W_hh, x, states, h_0, W_hh, grad_states)
    return tuple(a + b for a, b in zip(here, earlier))

def elman_backward(x, states, h_0, W_hh, grad_states):
    return backward_from(len(x) - 1, torch.zeros_like(h_0), x, states, h_0, W_hh, grad_states)
