# measured_field · the gradients of two calls add up in x.grad · loses: test_measures_again_with_the_same_inputs
def measured_field(net, x):
    x.requires_grad_()
    net(x)[-1].sum().backward()
    return len(x) - int((x.grad != 0).flatten(1).any(1).nonzero()[0])
