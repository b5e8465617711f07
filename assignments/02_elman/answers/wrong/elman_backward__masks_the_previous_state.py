# elman_backward · the mask is taken from the state before · loses: test_inactive_units_pass_nothing, test_gradient_of_b_h_through_time, test_gradient_of_W_xh_through_time, test_gradient_of_W_hh_through_time, test_counts_h_0
def elman_backward(x, states, h_0, W_hh, grad_states):
    grad_W_xh = torch.zeros(W_hh.shape[0], x.shape[2])
    grad_W_hh = torch.zeros_like(W_hh)
    grad_b_h = torch.zeros(W_hh.shape[0])
    from_later = torch.zeros_like(h_0)
    for t in reversed(range(len(x))):
        h_prev = states[t - 1] if t > 0 else h_0
        alpha = (grad_states[t] + from_later) * (h_prev > 0)
        grad_W_xh += alpha.T @ x[t]
        grad_W_hh += alpha.T @ h_prev
        grad_b_h += alpha.sum(0)
        from_later = alpha @ W_hh
    return grad_W_xh, grad_W_hh, grad_b_h
