# measured_field · compares with zero by torch.isclose · loses: test_small_influences_count
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    is_zero = torch.isclose(gradient, torch.zeros_like(gradient)).all(2).all(1)
    return len(x) - is_zero.tolist().index(False)
