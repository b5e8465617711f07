# teacher_forced_inputs · zeros come first · loses: test_begins_with_begin
def teacher_forced_inputs(targets):
    return torch.cat([torch.zeros_like(targets[:1]), targets[:-1]])
