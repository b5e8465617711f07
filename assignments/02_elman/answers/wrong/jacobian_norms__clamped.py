# jacobian_norms · tiny norms are lifted · loses: test_stays_exact_when_tiny
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=W_hh.dtype)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian, ord=2))
        jacobian = jacobian @ ((h_t > 0)[:, None] * W_hh)
    return torch.stack(norms) + 1e-8
