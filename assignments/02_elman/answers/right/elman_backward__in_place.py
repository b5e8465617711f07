# elman_backward · zeros that are added to in place
def elman_backward(x, states, h_0, W_hh, grad_states):
    Q, D = W_hh.shape[0], x.shape[-1]
    dW_xh = torch.zeros(Q, D)
    dW_hh = torch.zeros(Q, Q)
    db = torch.zeros(Q)
    dh = torch.zeros_like(h_0)
    for t in reversed(range(x.shape[0])):
        dh = dh + grad_states[t]
        da = dh.clone()
        da[states[t] <= 0] = 0
        dW_xh.addmm_(da.T, x[t])
        dW_hh.addmm_(da.T, states[t - 1] if t > 0 else h_0)
        db.add_(da.sum(dim=0))
        dh = da.mm(W_hh)
    return dW_xh, dW_hh, db
