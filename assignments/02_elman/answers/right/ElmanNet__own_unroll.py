# ElmanNet · a step as phi, and unroll
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def phi(self, x_t, h_prev):
        return torch.clamp_min(self.fc_x2h(x_t) + self.fc_h2h(h_prev), 0.0)

    def forward(self, x, lengths):
        h_0 = torch.zeros(x.shape[1], self.fc_h2h.in_features)
        _, h_last = unroll(self.phi, x, lengths, h_0)
        return self.fc_h2y(h_last)
