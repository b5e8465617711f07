# measured_field · a tensor instead of an int · loses: test_measures_an_int
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    return len(x) - gradient.abs().sum((1, 2)).nonzero()[0]
