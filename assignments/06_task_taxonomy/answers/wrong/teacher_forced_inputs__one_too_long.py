# teacher_forced_inputs · keeps the last row · loses: test_one_input_for_each_target
def teacher_forced_inputs(targets):
    return torch.cat([torch.full_like(targets[:1], BEGIN), targets])
