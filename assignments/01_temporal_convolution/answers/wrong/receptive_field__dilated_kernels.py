# receptive_field · the width of the dilated kernels, added up with their overlap · loses: test_one_block, test_doubling_dilations, test_any_dilations, test_is_at_least_one
def receptive_field(kernel_size, dilations):
    return sum(2 * ((kernel_size - 1) * d + 1) for d in dilations)
