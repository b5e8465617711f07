# receptive_field · k instead of k - 1 · loses: test_one_block, test_one_dilated_block, test_doubling_dilations, test_any_dilations, test_is_at_least_one
def receptive_field(kernel_size, dilations):
    return 1 + 2 * kernel_size * sum(dilations)
