# receptive_field · each block starts again from one step · loses: test_doubling_dilations, test_any_dilations
def receptive_field(kernel_size, dilations):
    field = 1
    for d in dilations:
        field = 1 + 2 * (kernel_size - 1) * d
    return field
