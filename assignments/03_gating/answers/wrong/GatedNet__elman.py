# GatedNet · no gate: Elman with unused gate layers · loses: test_the_network_follows_the_equations, test_an_open_gate_keeps_h_0, test_gradients_go_back_through_state_and_gate
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h = x.new_zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for x_t in x:
            z = torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h))
            h_bar = torch.relu(self.fc_x2h(x_t) + self.fc_h2h(h))
            h = h_bar
            states.append(h)
        return self.fc_h2y(last_valid(torch.stack(states), lengths))
