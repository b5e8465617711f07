# measured_field · T - 1 - s · loses: test_one_step_and_all_steps
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    net(x)[-1].sum().backward()
    return len(x) - 1 - int((x.grad != 0).flatten(1).any(1).nonzero()[0])
