# receptive_field · only the largest dilation counts · loses: test_doubling_dilations, test_any_dilations, test_is_at_least_one
def receptive_field(kernel_size, dilations):
    return 1 + 2 * (kernel_size - 1) * max(dilations)
