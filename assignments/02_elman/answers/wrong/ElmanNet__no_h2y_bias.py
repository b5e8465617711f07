# ElmanNet · readout without bias · loses: test_has_the_named_layers
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output, bias=False)

    def forward(self, x, lengths):
        h = x.new_zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for a in self.fc_x2h(x):
            h = torch.relu(a + self.fc_h2h(h))
            states.append(h)
        return self.fc_h2y(last_valid(torch.stack(states), lengths))
