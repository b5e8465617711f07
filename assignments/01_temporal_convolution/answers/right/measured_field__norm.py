# measured_field · the gradient's norm for each step
def measured_field(net, x):
    x = torch.tensor(x.tolist(), dtype=torch.float64).to(x.dtype).requires_grad_(True)
    total = net(x)[len(x) - 1].sum()
    (g,) = torch.autograd.grad(total, [x])
    sizes = g.reshape(len(x), -1).abs().amax(1)
    return len(x) - [size > 0 for size in sizes.tolist()].index(True)
