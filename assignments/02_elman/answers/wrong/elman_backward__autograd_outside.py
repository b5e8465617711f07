# elman_backward · autograd, one step at a time · loses: test_needs_no_autograd
def elman_backward(x, states, h_0, W_hh, grad_states):
    W = W_hh.clone().requires_grad_()
    U = torch.zeros(W_hh.shape[0], x.shape[2], requires_grad=True)
    b = torch.zeros(W_hh.shape[0], requires_grad=True)
    mask = (states > 0).float()
    h, loss = h_0, 0
    for t in range(len(x)):
        a = x[t] @ U.T + h @ W.T + b
        h = states[t] + (a - a.detach()) * mask[t]
        loss = loss + (h * grad_states[t]).sum()
    return torch.autograd.grad(loss, (U, W, b))
