# ElmanNet · the inputs' part of all steps at once
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        state = torch.zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for from_input in self.fc_x2h(x).unbind(0):
            state = (from_input + self.fc_h2h(state)).relu()
            states.append(state)
        return self.fc_h2y(last_valid(torch.stack(states), lengths))
