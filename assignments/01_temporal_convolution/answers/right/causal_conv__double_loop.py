# causal_conv · a loop over steps and one over the kernel
def causal_conv(x, weight, bias, dilation=1):
    k = weight.shape[-1]
    outputs = []
    for t in range(len(x)):
        y_t = bias.expand(x.shape[1], -1)
        for i in range(k):
            source = t - (k - 1 - i) * dilation
            if source >= 0:
                y_t = y_t + F.linear(x[source], weight[:, :, i])
        outputs.append(y_t)
    return torch.stack(outputs)
