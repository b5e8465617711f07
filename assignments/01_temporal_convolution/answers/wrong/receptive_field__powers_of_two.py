# receptive_field · takes doubling dilations for granted · loses: test_one_dilated_block, test_any_dilations
def receptive_field(kernel_size, dilations):
    return 1 + 2 * (kernel_size - 1) * (2 ** len(dilations) - 1)
