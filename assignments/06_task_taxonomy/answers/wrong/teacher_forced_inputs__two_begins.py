# teacher_forced_inputs · shifts by two · loses: test_then_reads_each_target_one_step_later
def teacher_forced_inputs(targets):
    begin = torch.full_like(targets[:1], BEGIN)
    return torch.cat([begin, begin, targets])[: len(targets)]
