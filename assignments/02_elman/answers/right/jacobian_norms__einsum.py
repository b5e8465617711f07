# jacobian_norms · einsum and svdvals
def jacobian_norms(states, W_hh):
    J = torch.eye(len(W_hh), dtype=states.dtype)
    result = []
    for h in reversed(states):
        result.append(torch.linalg.svdvals(J)[0])
        J = torch.einsum("ij,j,jk->ik", J, (h > 0).to(J.dtype), W_hh)
    return torch.hstack(result)
