# pass_through · a step from the old state towards the update
def pass_through(z, h_prev, h_bar):
    return h_prev - (1.0 - z) * (h_prev - h_bar)
