# causal_conv · the step itself is not seen: every lag is one too large · loses: test_a_kernel_of_one_sees_the_present, test_never_looks_ahead, test_every_slice_has_its_lag, test_dilates, test_sequences_shorter_than_the_kernel, test_lets_gradients_through
def causal_conv(x, weight, bias, dilation=1):
    channels = F.pad(x.permute(1, 2, 0), ((weight.shape[-1] - 1) * dilation + 1, 0))
    return F.conv1d(channels, weight, bias, dilation=dilation)[:, :, :-1].permute(2, 0, 1)
