# pass_through · one gate for all units of a sequence · loses: test_every_unit_has_its_own_gate
def pass_through(z, h_prev, h_bar):
    z = z.mean(1, keepdim=True)
    return z * h_prev + (1 - z) * h_bar
