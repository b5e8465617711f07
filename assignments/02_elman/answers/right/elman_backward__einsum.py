# elman_backward · alphas first, then einsum over all steps
def elman_backward(x, states, h_0, W_hh, grad_states):
    active = (states > 0).to(x.dtype)
    alphas = torch.zeros_like(states)
    later = torch.zeros_like(h_0)
    for t in range(len(x) - 1, -1, -1):
        alphas[t] = active[t] * (grad_states[t] + later)
        later = torch.einsum("nq,qp->np", alphas[t], W_hh)
    before = torch.cat([h_0[None], states[:-1]])
    return (
        torch.einsum("tnq,tnd->qd", alphas, x),
        torch.einsum("tnq,tnp->qp", alphas, before),
        torch.einsum("tnq->q", alphas),
    )
