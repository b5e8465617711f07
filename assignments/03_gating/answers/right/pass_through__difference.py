# pass_through · a step from the update towards the old state
def pass_through(z, h_prev, h_bar):
    return h_bar + z * (h_prev - h_bar)
