# receptive_field · a generator expression, doubled
def receptive_field(kernel_size, dilations):
    per_convolution = sum((kernel_size - 1) * d for d in dilations)
    return 1 + per_convolution + per_convolution
