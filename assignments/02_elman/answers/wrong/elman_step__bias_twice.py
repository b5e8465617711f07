# elman_step · the bias is added twice, as torch's two biases would be · loses: test_adds_the_bias, test_cuts_the_sum_off_at_zero, test_depends_on_nothing_but_the_sum
def elman_step(x_t, h_prev, W_xh, W_hh, b_h):
    return torch.relu(F.linear(x_t, W_xh, b_h) + F.linear(h_prev, W_hh, b_h))
