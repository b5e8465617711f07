# measured_field · adds up gradients with their signs · loses: test_opposite_signs_do_not_cancel
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    reached = gradient.sum((1, 2)).nonzero()
    return len(x) - int(reached[0])
