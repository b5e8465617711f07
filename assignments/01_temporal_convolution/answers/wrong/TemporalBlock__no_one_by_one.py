# TemporalBlock · no 1×1 convolution: widths that differ cannot be added · loses: test_has_the_named_layers, test_normalises_the_weights, test_follows_the_equations, test_leaves_a_way_around, test_gradients_reach_every_parameter
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.padding = (kernel_size - 1) * dilation
        self.conv1 = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation))
        self.conv2 = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size, dilation=dilation))
        self.shortcut = nn.Identity()

    def forward(self, x):
        x = x.permute(1, 2, 0)
        u = torch.relu(self.conv1(F.pad(x, (self.padding, 0))))
        v = torch.relu(self.conv2(F.pad(u, (self.padding, 0))))
        return torch.relu(v + self.shortcut(x)).permute(2, 0, 1)
