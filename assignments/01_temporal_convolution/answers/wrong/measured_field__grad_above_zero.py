# measured_field · only positive gradients count · loses: test_small_influences_count, test_measures_convolutions
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    net(x)[-1].sum().backward()
    reached = (x.grad > 0).any(-1).any(-1)
    return len(x) - int(reached.nonzero()[0])
