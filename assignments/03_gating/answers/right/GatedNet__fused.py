# GatedNet · both products of the state as one
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        W_h = torch.cat([self.fc_h2h.weight, self.fc_h2z.weight])
        xs = torch.cat([self.fc_x2h(x), self.fc_x2z(x)], dim=2)
        h = x.new_zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for x_t in xs.unbind(0):
            full, gate = (x_t + h @ W_h.T).chunk(2, dim=1)
            z = gate.sigmoid()
            h = z * h + (1 - z) * full.relu()
            states.append(h)
        return self.fc_h2y(last_valid(torch.stack(states), lengths))
