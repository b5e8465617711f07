# measured_field · the whole Jacobian
def measured_field(net, x):
    jacobian = torch.autograd.functional.jacobian(lambda inputs: net(inputs)[-1], x)
    by_step = jacobian.abs().flatten(end_dim=-4).sum(0).flatten(1).sum(1)
    first = min(t for t in range(len(x)) if by_step[t] > 0)
    return len(x) - first
