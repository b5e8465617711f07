# receptive_field · counts the blocks and ignores their dilations · loses: test_one_dilated_block, test_doubling_dilations, test_any_dilations
def receptive_field(kernel_size, dilations):
    return 1 + 2 * (kernel_size - 1) * len(dilations)
