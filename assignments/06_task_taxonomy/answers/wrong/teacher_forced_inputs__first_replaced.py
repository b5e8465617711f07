# teacher_forced_inputs · BEGIN takes the place of the first symbol, and nothing is shifted · loses: test_then_reads_each_target_one_step_later
def teacher_forced_inputs(targets):
    inputs = targets.clone()
    inputs[0] = BEGIN
    return inputs
