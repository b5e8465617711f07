# teacher_forced_inputs · writes into the targets · loses: test_leaves_the_targets_alone
def teacher_forced_inputs(targets):
    targets[1:] = targets[:-1].clone()
    targets[0] = BEGIN
    return targets
