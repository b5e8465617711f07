# measured_field · torch.autograd.grad and any
def measured_field(net, x):
    copy = x.detach().requires_grad_()
    y = net(copy)
    gradient = torch.autograd.grad(y[-1], copy, grad_outputs=torch.ones_like(y[-1]))[0]
    reached = (gradient != 0).flatten(1).any(dim=1)
    return int(reached.flip(0).nonzero().max()) + 1
