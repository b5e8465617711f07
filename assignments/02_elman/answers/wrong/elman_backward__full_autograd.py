# elman_backward · autograd over all steps at once · loses: test_needs_no_autograd
def elman_backward(x, states, h_0, W_hh, grad_states):
    with torch.enable_grad():
        T, N, D = x.shape
        Q = len(W_hh)
        w_x = torch.zeros(Q, D, requires_grad=True)
        w_h = W_hh.detach().clone().requires_grad_()
        b = torch.zeros(Q, requires_grad=True)
        before = torch.cat([h_0[None], states[:-1]])
        h, loss = h_0, 0.0
        for t in range(T):
            moved = x[t] @ w_x.T + h @ w_h.T + b
            a = states[t] + (moved - moved.detach()) * (states[t] > 0)
            h = a
            loss = loss + (h * grad_states[t]).sum()
    return torch.autograd.grad(loss, (w_x, w_h, b))
