# causal_conv · the zeros are put behind the sequence · loses: test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    channels = F.pad(x.permute(1, 2, 0), (0, (weight.shape[-1] - 1) * dilation))
    return F.conv1d(channels, weight, bias, dilation=dilation).permute(2, 0, 1)
