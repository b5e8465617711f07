# causal_conv · the bias is added with every slice of the kernel · loses: test_adds_the_bias_once
def causal_conv(x, weight, bias, dilation=1):
    k, T = weight.shape[-1], len(x)
    padded = F.pad(x, (0, 0, 0, 0, (k - 1) * dilation, 0))
    return sum(F.linear(padded[i * dilation : i * dilation + T], weight[:, :, i], bias) for i in range(k))
