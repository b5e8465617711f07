# pass_through · the gate is detached · loses: test_the_average_lets_gradients_through
def pass_through(z, h_prev, h_bar):
    z = z.detach()
    return z * h_prev + (1 - z) * h_bar
