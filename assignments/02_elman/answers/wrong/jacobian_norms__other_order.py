# jacobian_norms · the later step is multiplied on the right · loses: test_many_steps_back
def jacobian_norms(states, W_hh):
    jacobian = torch.eye(len(W_hh), dtype=W_hh.dtype)
    norms = []
    for h_t in states.flip(0):
        norms.append(torch.linalg.matrix_norm(jacobian, ord=2))
        jacobian = ((h_t > 0)[:, None] * W_hh) @ jacobian
    return torch.stack(norms)
