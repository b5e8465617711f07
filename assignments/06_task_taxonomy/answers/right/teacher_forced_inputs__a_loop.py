# teacher_forced_inputs · a loop
def teacher_forced_inputs(targets):
    T, N = targets.shape
    rows = [torch.tensor([BEGIN] * N)]
    for t in range(T - 1):
        rows.append(targets[t])
    return torch.stack(rows)
