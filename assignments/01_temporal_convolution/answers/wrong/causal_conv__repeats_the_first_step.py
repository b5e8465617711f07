# causal_conv · the first input is repeated in front, instead of zeros · loses: test_never_looks_ahead, test_dilates, test_sequences_shorter_than_the_kernel
def causal_conv(x, weight, bias, dilation=1):
    reach = (weight.shape[-1] - 1) * dilation
    channels = torch.cat([x[:1].expand(reach, -1, -1), x]).permute(1, 2, 0)
    return F.conv1d(channels, weight, bias, dilation=dilation).permute(2, 0, 1)
