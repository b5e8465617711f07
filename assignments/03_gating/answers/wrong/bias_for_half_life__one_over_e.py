# bias_for_half_life · the time until 1/e is left · loses: test_one_step_needs_no_bias, test_half_is_left_after_that_many_steps, test_less_than_one_step_needs_a_negative_bias, test_thousands_of_steps
def bias_for_half_life(steps):
    return -torch.log(torch.expm1(1 / steps))
