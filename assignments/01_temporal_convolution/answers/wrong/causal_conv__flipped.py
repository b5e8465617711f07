# causal_conv · the kernel is read as in mathematics: slice i has lag i · loses: test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    y = bias + torch.zeros(len(x), x.shape[1], len(bias))
    for i in range(weight.shape[-1]):
        lag = i * dilation
        delayed = torch.cat([torch.zeros_like(x[:lag]), x[: max(len(x) - lag, 0)]])[: len(x)]
        y = y + delayed @ weight[:, :, i].T
    return y
