# causal_conv · the bias is forgotten · loses: test_adds_the_bias_once, test_lets_gradients_through
def causal_conv(x, weight, bias, dilation=1):
    channels = F.pad(x.permute(1, 2, 0), ((weight.shape[-1] - 1) * dilation, 0))
    return F.conv1d(channels, weight, dilation=dilation).permute(2, 0, 1)
