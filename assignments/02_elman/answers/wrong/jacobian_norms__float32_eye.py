# jacobian_norms · identity in float32: raises for float64 · loses: test_stays_exact_when_tiny, test_is_a_tensor_in_the_dtype_of_the_states
def jacobian_norms(states, W_hh):
    T, Q = states.shape
    P = torch.eye(Q)
    norms = [torch.linalg.matrix_norm(P, ord=2)]
    for t in range(T - 1, 0, -1):
        P = P @ ((states[t] > 0).float()[:, None] * W_hh)
        norms.append(torch.linalg.matrix_norm(P, ord=2))
    return torch.stack(norms)
