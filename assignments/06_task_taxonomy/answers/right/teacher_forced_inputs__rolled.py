# teacher_forced_inputs · rolled
def teacher_forced_inputs(targets):
    inputs = targets.roll(1, dims=0)
    inputs[0] = BEGIN
    return inputs
