# causal_conv · the dilation is ignored · loses: test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    channels = F.pad(x.permute(1, 2, 0), (weight.shape[-1] - 1, 0))
    return F.conv1d(channels, weight, bias).permute(2, 0, 1)
