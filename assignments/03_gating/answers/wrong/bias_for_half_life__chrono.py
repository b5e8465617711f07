# bias_for_half_life · the logarithm of a time constant · loses: test_half_is_left_after_that_many_steps, test_less_than_one_step_needs_a_negative_bias, test_thousands_of_steps
def bias_for_half_life(steps):
    return torch.log(steps)
