# measured_field · the distance to the earliest step, which is one less · loses: test_one_step_and_all_steps
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    reached = gradient.abs().sum((1, 2)).nonzero()
    return len(x) - 1 - int(reached[0])
