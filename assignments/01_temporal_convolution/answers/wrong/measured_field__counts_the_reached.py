# measured_field · counts the steps with an influence: holes are missing · loses: test_counts_the_steps_between
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    return int((gradient.abs().sum((1, 2)) > 0).sum())
