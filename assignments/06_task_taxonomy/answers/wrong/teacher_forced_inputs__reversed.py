# teacher_forced_inputs · reads backwards · loses: test_then_reads_each_target_one_step_later
def teacher_forced_inputs(targets):
    return torch.cat([torch.full_like(targets[:1], BEGIN), targets.flip(0)[:-1]])
