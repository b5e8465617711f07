# GatedNet · the state stands still after each end
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        T, N, D = x.shape
        h = x.new_zeros(N, self.fc_h2h.in_features)
        for t in range(T):
            z = torch.sigmoid(self.fc_x2z(x[t]) + self.fc_h2z(h))
            new = torch.lerp(F.relu(self.fc_x2h(x[t]) + self.fc_h2h(h)), h, z)
            h = torch.where((t < lengths)[:, None], new, h)
        return self.fc_h2y(h)
