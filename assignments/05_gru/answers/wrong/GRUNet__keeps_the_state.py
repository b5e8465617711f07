# GRUNet · goes on from the last batch's state · loses: test_padding_has_no_influence, test_keeps_nothing_between_calls
class GRUNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        for gate in "rzh":
            setattr(self, f"fc_x2{gate}", nn.Linear(dim_input, dim_recurrent))
            setattr(self, f"fc_h2{gate}", nn.Linear(dim_recurrent, dim_recurrent, bias=False))
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)
        self.h = None

    def forward(self, x, lengths):
        h = self.h if self.h is not None and len(self.h) == x.shape[1] else torch.zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for x_t in x:
            r = torch.sigmoid(self.fc_x2r(x_t) + self.fc_h2r(h))
            z = torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h))
            new = torch.tanh(self.fc_x2h(x_t) + self.fc_h2h(r * h))
            h = z * h + (1 - z) * new
            states.append(h)
        return self.predict(states, lengths)

    def predict(self, states, lengths):
        self.h = states[-1].detach()
        return self.fc_h2y(last_valid(torch.stack(states), lengths))
