# TemporalBlock · other names for the layers · loses: test_has_the_named_layers, test_normalises_the_weights, test_follows_the_equations, test_leaves_a_way_around, test_the_block_never_looks_ahead, test_sees_exactly_its_field, test_gradients_reach_every_parameter
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.padding = (kernel_size - 1) * dilation
        self.first = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation))
        self.second = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size, dilation=dilation))
        self.downsample = nn.Conv1d(dim_in, dim_out, 1) if dim_in != dim_out else nn.Identity()

    def forward(self, x):
        x = x.permute(1, 2, 0)
        u = torch.relu(self.first(F.pad(x, (self.padding, 0))))
        v = torch.relu(self.second(F.pad(u, (self.padding, 0))))
        return torch.relu(v + self.downsample(x)).permute(2, 0, 1)
