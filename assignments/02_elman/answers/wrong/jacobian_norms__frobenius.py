# jacobian_norms · the Frobenius norm · loses: test_starts_at_one, test_one_step_back_through_the_relu, test_many_steps_back, test_stays_exact_when_tiny
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=W_hh.dtype)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian))
        jacobian = jacobian @ ((h_t > 0)[:, None] * W_hh)
    return torch.stack(norms)
