# causal_conv · delays with torch.roll, which brings the end to the beginning · loses: test_never_looks_ahead, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    k = weight.shape[-1]
    return bias + sum(torch.roll(x, (k - 1 - i) * dilation, 0) @ weight[:, :, i].T for i in range(k))
