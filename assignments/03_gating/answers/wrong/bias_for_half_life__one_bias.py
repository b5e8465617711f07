# bias_for_half_life · one bias for all units · loses: test_one_step_needs_no_bias, test_half_is_left_after_that_many_steps, test_less_than_one_step_needs_a_negative_bias, test_thousands_of_steps, test_biases_of_any_shape
def bias_for_half_life(steps):
    steps = steps.mean()
    return -torch.log(2 ** (1 / steps) - 1)
