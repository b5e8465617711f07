# measured_field · each unit of the last output on its own
def measured_field(net, x):
    x = x.detach().clone()
    x.requires_grad = True
    last = net(x)[-1].flatten()
    earliest = len(x) - 1
    for unit in last:
        (gradient,) = torch.autograd.grad(unit, x, retain_graph=True)
        steps = torch.nonzero(gradient)[:, 0]
        if len(steps):
            earliest = min(earliest, steps.min().item())
    return len(x) - earliest
