# half_life · z itself becomes its logarithm · loses: test_the_gate_stays_as_it_was
def half_life(z):
    return (-math.log(2) / z.log_()).abs()
