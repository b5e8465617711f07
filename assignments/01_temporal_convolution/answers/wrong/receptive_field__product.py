# receptive_field · fields multiply, as with strides · loses: test_one_block, test_one_dilated_block, test_doubling_dilations, test_any_dilations
def receptive_field(kernel_size, dilations):
    field = 1
    for d in dilations:
        field *= 1 + (kernel_size - 1) * d
    return field
