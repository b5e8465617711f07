# causal_conv · adds a ReLU · loses: test_a_kernel_of_one_sees_the_present, test_adds_the_bias_once, test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel, test_lets_gradients_through
def causal_conv(x, weight, bias, dilation=1):
    k = weight.shape[-1]
    return F.relu(F.conv1d(F.pad(x.permute(1, 2, 0), ((k - 1) * dilation, 0)), weight, bias, dilation=dilation).permute(2, 0, 1))
