# causal_conv · zeros at both ends, and the outputs after T cut off
def causal_conv(x, weight, bias, dilation=1):
    T = x.shape[0]
    y = F.conv1d(x.permute(1, 2, 0), weight, bias, padding=(weight.shape[2] - 1) * dilation, dilation=dilation)
    return y[:, :, :T].permute(2, 0, 1)
