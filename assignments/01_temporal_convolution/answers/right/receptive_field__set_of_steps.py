# receptive_field · the set of steps that are seen, followed back
def receptive_field(kernel_size, dilations):
    furthest = {0}
    for d in reversed(dilations):
        for convolution in (2, 1):
            furthest = {max(furthest) + i * d for i in range(kernel_size)}
    return max(furthest) + 1
