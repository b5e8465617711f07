# causal_conv · all lags stacked, and one einsum
def causal_conv(x, weight, bias, dilation=1):
    k = weight.shape[2]
    T = len(x)
    padded = F.pad(x, (0, 0, 0, 0, (k - 1) * dilation, 0))
    windows = torch.stack([padded[i * dilation : i * dilation + T] for i in range(k)], dim=-1)
    return torch.einsum("tndk,qdk->tnq", windows, weight) + bias
