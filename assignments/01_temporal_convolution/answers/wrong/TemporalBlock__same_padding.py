# TemporalBlock · the output sees as far ahead as back · loses: test_follows_the_equations, test_the_block_never_looks_ahead, test_sees_exactly_its_field
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.conv1 = weight_norm(nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation, padding="same"))
        self.conv2 = weight_norm(nn.Conv1d(dim_out, dim_out, kernel_size, dilation=dilation, padding="same"))
        self.shortcut = nn.Conv1d(dim_in, dim_out, 1) if dim_in != dim_out else nn.Identity()

    def forward(self, x):
        x = x.permute(1, 2, 0)
        u = torch.relu(self.conv1(x))
        v = torch.relu(self.conv2(u))
        return torch.relu(v + self.shortcut(x)).permute(2, 0, 1)
