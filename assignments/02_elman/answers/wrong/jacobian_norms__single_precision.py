# jacobian_norms · computed in float32 · loses: test_stays_exact_when_tiny, test_is_a_tensor_in_the_dtype_of_the_states
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=torch.float32)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian, ord=2))
        jacobian = jacobian @ ((h_t > 0)[:, None] * W_hh.float())
    return torch.stack(norms)
