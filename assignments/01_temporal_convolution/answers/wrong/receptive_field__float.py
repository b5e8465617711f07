# receptive_field · a number with a point · loses: test_is_an_int
def receptive_field(kernel_size, dilations):
    return 1 + 2.0 * (kernel_size - 1) * sum(dilations)
