# GRUNet · keeps the state after a sequence has ended
class GRUNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2r = nn.Linear(dim_input, dim_recurrent)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2r = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def step(self, x_t, h):
        r = torch.sigmoid(self.fc_x2r(x_t) + self.fc_h2r(h))
        z = torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h))
        h_bar = torch.tanh(self.fc_x2h(x_t) + self.fc_h2h(r * h))
        return z * h + (1 - z) * h_bar

    def forward(self, x, lengths):
        h = torch.zeros(len(lengths), self.fc_h2h.in_features)
        for t, x_t in enumerate(x):
            h = torch.where((t < lengths)[:, None], self.step(x_t, h), h)
        return self.fc_h2y(h)
