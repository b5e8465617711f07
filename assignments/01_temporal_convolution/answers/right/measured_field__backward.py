# measured_field · backward and x.grad
def measured_field(net, x):
    inputs = x.clone().detach().requires_grad_(True)
    net(inputs)[-1].sum().backward()
    for t in range(len(x)):
        if (inputs.grad[t] != 0).any():
            return len(x) - t
