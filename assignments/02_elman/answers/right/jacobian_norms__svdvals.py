# jacobian_norms · diagonal matrices and singular values
def jacobian_norms(states, W_hh):
    T, Q = states.shape
    norms = torch.ones(T, dtype=states.dtype)
    J = torch.eye(Q).to(states.dtype)
    for k in range(1, T):
        J = J @ torch.diag((states[T - k] > 0).to(states.dtype)) @ W_hh
        norms[k] = torch.linalg.svdvals(J).max()
    return norms
