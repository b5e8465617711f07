# jacobian_norms · T + 1 norms · loses: test_is_a_tensor_in_the_dtype_of_the_states
def jacobian_norms(states, W_hh):
    T, Q = states.shape
    P = torch.eye(Q, dtype=W_hh.dtype)
    norms = [torch.linalg.matrix_norm(P, ord=2)]
    for t in range(T - 1, -1, -1):
        P = P @ ((states[t] > 0).to(W_hh.dtype)[:, None] * W_hh)
        norms.append(torch.linalg.matrix_norm(P, ord=2))
    return torch.stack(norms)
