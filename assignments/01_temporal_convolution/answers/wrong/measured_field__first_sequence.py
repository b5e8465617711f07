# measured_field · looks at the first sequence of the batch only · loses: test_looks_at_every_sequence_and_unit
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1, 0].sum(), x)
    reached = gradient[:, 0].abs().sum(1).nonzero()
    return len(x) - int(reached[0])
