# bias_for_half_life · only the logarithm of z · loses: test_one_step_needs_no_bias, test_half_is_left_after_that_many_steps, test_less_than_one_step_needs_a_negative_bias, test_thousands_of_steps
def bias_for_half_life(steps):
    return torch.log(0.5 ** (1 / steps))
