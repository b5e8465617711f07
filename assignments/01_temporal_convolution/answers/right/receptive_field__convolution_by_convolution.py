# receptive_field · every convolution on its own
def receptive_field(kernel_size, dilations):
    steps_back = 0
    for dilation in dilations:
        for _ in range(2):
            steps_back = steps_back + dilation * (kernel_size - 1)
    return steps_back + 1
