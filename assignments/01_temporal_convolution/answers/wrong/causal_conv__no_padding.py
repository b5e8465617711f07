# causal_conv · nothing is put in front: the output is shorter · loses: test_adds_the_bias_once, test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    return F.conv1d(x.permute(1, 2, 0), weight, bias, dilation=dilation).permute(2, 0, 1)
