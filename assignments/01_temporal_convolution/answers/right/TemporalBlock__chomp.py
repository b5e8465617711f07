# TemporalBlock · padding on both sides by Conv1d, cut off at T
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        both_sides = dilation * (kernel_size - 1)
        self.conv1 = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size, padding=both_sides, dilation=dilation))
        self.conv2 = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size, padding=both_sides, dilation=dilation))
        self.relu = nn.ReLU()
        if dim_in != dim_out:
            self.shortcut = nn.Conv1d(dim_in, dim_out, kernel_size=1)
        else:
            self.shortcut = None

    def forward(self, x):
        T = x.shape[0]
        channels = x.movedim(0, -1)
        out = self.relu(self.conv1(channels)[..., :T])
        out = self.relu(self.conv2(out)[..., :T])
        around = channels if self.shortcut is None else self.shortcut(channels)
        return self.relu(out + around).movedim(-1, 0)
