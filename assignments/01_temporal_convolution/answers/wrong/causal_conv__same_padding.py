# causal_conv · zeros on both sides, half and half · loses: test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    reach = (weight.shape[-1] - 1) * dilation
    channels = F.pad(x.permute(1, 2, 0), (reach // 2, reach - reach // 2))
    return F.conv1d(channels, weight, bias, dilation=dilation).permute(2, 0, 1)
