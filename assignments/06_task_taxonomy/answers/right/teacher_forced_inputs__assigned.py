# teacher_forced_inputs · assigned
def teacher_forced_inputs(targets):
    inputs = torch.empty_like(targets)
    inputs[0] = BEGIN
    inputs[1:] = targets[:-1]
    return inputs
