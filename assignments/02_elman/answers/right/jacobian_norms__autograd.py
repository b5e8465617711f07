# jacobian_norms · autograd through the linearised steps
def jacobian_norms(states, W_hh):
    hs = [torch.zeros_like(states[0]).requires_grad_()]
    for h_t in states[1:]:
        hs.append((W_hh @ hs[-1]) * (h_t > 0))
    norms = []
    for h in reversed(hs):
        rows = [torch.autograd.grad(unit, h, retain_graph=True)[0] for unit in hs[-1]]
        norms.append(torch.linalg.matrix_norm(torch.stack(rows), 2))
    return torch.stack(norms)
