# jacobian_norms · the mask cuts columns of W_hh · loses: test_one_step_back_through_the_relu, test_many_steps_back
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=W_hh.dtype)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian, ord=2))
        jacobian = jacobian @ ((h_t > 0) * W_hh)
    return torch.stack(norms)
