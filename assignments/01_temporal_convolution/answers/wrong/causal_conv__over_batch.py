# causal_conv · convolves over the batch axis · loses: test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    k = weight.shape[-1]
    return F.conv1d(F.pad(x.permute(0, 2, 1), ((k - 1) * dilation, 0)), weight, bias, dilation=dilation).permute(0, 2, 1)
