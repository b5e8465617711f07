# causal_conv · cuts with [:-padding], which leaves nothing when the padding is 0 · loses: test_a_kernel_of_one_sees_the_present, test_lets_gradients_through
def causal_conv(x, weight, bias, dilation=1):
    padding = (weight.shape[-1] - 1) * dilation
    y = F.conv1d(x.permute(1, 2, 0), weight, bias, padding=padding, dilation=dilation)
    return y[:, :, :-padding].permute(2, 0, 1)
