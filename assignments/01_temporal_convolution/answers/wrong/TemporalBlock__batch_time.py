# TemporalBlock · convolves over the batch · loses: test_follows_the_equations, test_the_block_never_looks_ahead, test_sees_exactly_its_field
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.past = (kernel_size - 1) * dilation
        self.conv1 = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation))
        self.conv2 = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size, dilation=dilation))
        self.shortcut = nn.Conv1d(dim_in, dim_out, 1) if dim_in != dim_out else nn.Identity()

    def forward(self, x):
        x = x.transpose(1, 2)
        h = F.relu(self.conv1(F.pad(x, (self.past, 0))))
        h = F.relu(self.conv2(F.pad(h, (self.past, 0))))
        return F.relu(h + self.shortcut(x)).transpose(1, 2)
