# receptive_field · x_T itself is not counted · loses: test_one_block, test_doubling_dilations, test_is_at_least_one
def receptive_field(kernel_size, dilations):
    return 2 * (kernel_size - 1) * sum(dilations)
