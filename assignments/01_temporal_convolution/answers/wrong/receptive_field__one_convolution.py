# receptive_field · one convolution in a block instead of two · loses: test_one_block, test_one_dilated_block, test_doubling_dilations, test_any_dilations
def receptive_field(kernel_size, dilations):
    return 1 + (kernel_size - 1) * sum(dilations)
