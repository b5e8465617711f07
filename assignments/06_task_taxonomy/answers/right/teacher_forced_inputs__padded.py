# teacher_forced_inputs · padded
def teacher_forced_inputs(targets):
    return F.pad(targets, (0, 0, 1, 0), value=BEGIN)[:-1]
