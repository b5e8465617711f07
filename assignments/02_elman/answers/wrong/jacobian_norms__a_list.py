# jacobian_norms · a list of numbers · loses: test_is_a_tensor_in_the_dtype_of_the_states
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=W_hh.dtype)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian, ord=2))
        jacobian = jacobian @ ((h_t > 0)[:, None] * W_hh)
    return [norm.item() for norm in norms]
