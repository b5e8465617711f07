# bias_for_half_life · z is kept away from 1 · loses: test_less_than_one_step_needs_a_negative_bias, test_thousands_of_steps
def bias_for_half_life(steps):
    return torch.logit(0.5 ** (1 / steps), eps=1e-2)
