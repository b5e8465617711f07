# TemporalBlock · weight_norm put on finished layers
class TemporalBlock(nn.Module):
    def __init__(self, dim_in, dim_out, kernel_size, dilation):
        super().__init__()
        self.k, self.d = kernel_size, dilation
        self.conv1 = nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation)
        self.conv2 = nn.Conv1d(dim_out, dim_out, kernel_size, dilation=dilation)
        for conv in [self.conv1, self.conv2]:
            nn.init.normal_(conv.weight, 0, 0.1)
            torch.nn.utils.parametrizations.weight_norm(conv, name="weight", dim=0)
        self.shortcut = None if dim_in == dim_out else nn.Conv1d(dim_in, dim_out, 1)

    def forward(self, x):
        zeros = x.new_zeros((self.k - 1) * self.d, x.shape[1], x.shape[2])
        u = self.conv1(torch.cat([zeros, x]).permute(1, 2, 0)).relu()
        zeros = u.new_zeros(u.shape[0], u.shape[1], (self.k - 1) * self.d)
        v = self.conv2(torch.cat([zeros, u], dim=2)).relu()
        x = x.permute(1, 2, 0)
        around = self.shortcut(x) if self.shortcut is not None else x
        return torch.relu(v + around).permute(2, 0, 1)
