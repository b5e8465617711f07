# TemporalBlock · a method that pads, convolves and cuts off
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        make = lambda width: weight_norm(nn.Conv1d(width, dim_out, kernel_size, dilation=dilation))
        self.conv1, self.conv2 = make(dim_in), make(dim_out)
        self.front = nn.ConstantPad1d(((kernel_size - 1) * dilation, 0), 0.0)
        self.shortcut = nn.Identity()
        if dim_in != dim_out:
            self.shortcut = nn.Conv1d(dim_in, dim_out, 1)

    def layer(self, conv, x):
        return conv(self.front(x)).clamp(min=0)

    def forward(self, x):
        x = x.permute(1, 2, 0)
        return (self.layer(self.conv2, self.layer(self.conv1, x)) + self.shortcut(x)).clamp(min=0).permute(2, 0, 1)
