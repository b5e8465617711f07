# receptive_field · a loop over the blocks
def receptive_field(kernel_size, dilations):
    field = 1
    for d in dilations:
        field += 2 * (kernel_size - 1) * d
    return field
