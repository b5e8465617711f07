# jacobian_norms · a list of numbers · loses: test_starts_at_one, test_one_step_back_through_the_relu, test_a_single_unit, test_many_steps_back, test_stays_exact_when_tiny
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=W_hh.dtype)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian, ord=2))
        jacobian = jacobian @ ((h_t > 0)[:, None] * W_hh)
    return [norm.item() for norm in norms]
