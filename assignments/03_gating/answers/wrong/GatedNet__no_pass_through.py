# GatedNet · the old state is not passed through · loses: test_the_network_follows_the_equations
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h_t = torch.zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for x_t in x:
            h_bar = torch.relu(self.fc_x2h(x_t) + self.fc_h2h(h_t))
            z_t = torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h_t))
            h_t = (1 - z_t) * h_bar
            states.append(h_t)
        h_last = torch.stack(states)[lengths - 1, torch.arange(len(lengths))]
        return self.fc_h2y(h_last)
