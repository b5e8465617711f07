# bias_for_half_life · the bias is at least 0 · loses: test_less_than_one_step_needs_a_negative_bias
def bias_for_half_life(steps):
    return -torch.log(2 ** (1 / steps) - 1).clamp(max=0)
