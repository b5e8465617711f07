# bias_for_half_life · the sigmoid in place of its inverse · loses: test_one_step_needs_no_bias, test_half_is_left_after_that_many_steps, test_less_than_one_step_needs_a_negative_bias, test_thousands_of_steps
def bias_for_half_life(steps):
    return torch.sigmoid(0.5 ** (1 / steps))
