# teacher_forced_inputs · each row is copied from the one that was just overwritten · loses: test_then_reads_each_target_one_step_later, test_one_input_for_each_target, test_leaves_the_targets_alone
def teacher_forced_inputs(targets):
    inputs = targets.clone()
    inputs[0] = BEGIN
    for t in range(1, len(targets)):
        inputs[t] = inputs[t - 1]
    return inputs
