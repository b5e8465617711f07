# TemporalBlock · the input is not added · loses: test_follows_the_equations, test_leaves_a_way_around, test_gradients_reach_every_parameter
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.padding = (kernel_size - 1) * dilation
        self.conv1 = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation))
        self.conv2 = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size, dilation=dilation))
        self.shortcut = nn.Conv1d(dim_in, dim_out, 1) if dim_in != dim_out else nn.Identity()

    def forward(self, x):
        x = x.permute(1, 2, 0)
        u = torch.relu(self.conv1(F.pad(x, (self.padding, 0))))
        v = torch.relu(self.conv2(F.pad(u, (self.padding, 0))))
        return v.permute(2, 0, 1)
