# causal_conv · no gradient goes back through it · loses: test_lets_gradients_through
def causal_conv(x, weight, bias, dilation=1):
    with torch.no_grad():
        channels = F.pad(x.permute(1, 2, 0), ((weight.shape[-1] - 1) * dilation, 0))
        return F.conv1d(channels, weight, bias, dilation=dilation).permute(2, 0, 1)
