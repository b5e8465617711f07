# teacher_forced_inputs · shifts along the batch · loses: test_begins_with_begin, test_then_reads_each_target_one_step_later
def teacher_forced_inputs(targets):
    return torch.cat([torch.full_like(targets[:, :1], BEGIN), targets[:, :-1]], dim=1)
