# receptive_field · the blocks one by one, by recursion
def receptive_field(kernel_size, dilations):
    if not dilations:
        return 1
    first, *others = dilations
    return receptive_field(kernel_size, others) + 2 * first * (kernel_size - 1)
