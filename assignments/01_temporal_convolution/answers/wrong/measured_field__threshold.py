# measured_field · takes a small gradient for none · loses: test_small_influences_count
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    reached = (gradient.abs().sum((1, 2)) > 1e-6).nonzero()
    return len(x) - int(reached[0])
