# receptive_field · the second convolution of a block without its dilation · loses: test_one_dilated_block, test_doubling_dilations, test_any_dilations
def receptive_field(kernel_size, dilations):
    return 1 + sum((kernel_size - 1) * d + (kernel_size - 1) for d in dilations)
