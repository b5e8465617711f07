# teacher_forced_inputs · the last symbol comes first · loses: test_begins_with_begin
def teacher_forced_inputs(targets):
    return torch.roll(targets, 1, dims=0)
