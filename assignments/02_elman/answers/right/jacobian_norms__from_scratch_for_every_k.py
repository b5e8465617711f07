# jacobian_norms · a product of its own for every k
def jacobian_norms(states, W_hh):
    T = states.shape[0]
    step = [(states[t] > 0).to(W_hh)[:, None] * W_hh for t in range(T)]
    identity = torch.eye(W_hh.shape[0]).to(W_hh)
    norms = []
    for k in range(T):
        total = identity
        for t in range(T - k, T):
            total = step[t] @ total
        norms.append(torch.linalg.norm(total, ord=2))
    return torch.stack(norms)
