# receptive_field · a number with a point · loses: test_one_block, test_one_dilated_block, test_doubling_dilations, test_any_dilations, test_is_at_least_one
def receptive_field(kernel_size, dilations):
    return 1 + 2.0 * (kernel_size - 1) * sum(dilations)
