# TemporalBlock · the lesson's causal_conv, with the weights of the layers
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.dilation = dilation
        self.conv1 = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size))
        self.conv2 = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size))
        if dim_in != dim_out:
            self.shortcut = nn.Conv1d(dim_in, dim_out, 1)

    def forward(self, x):
        hidden = x
        for conv in (self.conv1, self.conv2):
            hidden = F.relu(causal_conv(hidden, conv.weight, conv.bias, self.dilation))
        if hasattr(self, "shortcut"):
            x = causal_conv(x, self.shortcut.weight, self.shortcut.bias)
        return F.relu(hidden + x)
