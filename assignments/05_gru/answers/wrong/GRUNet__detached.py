# GRUNet · the state is detached at each step · loses: test_gradients_go_back_through_time
class GRUNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        for gate in "rzh":
            setattr(self, f"fc_x2{gate}", nn.Linear(dim_input, dim_recurrent))
            setattr(self, f"fc_h2{gate}", nn.Linear(dim_recurrent, dim_recurrent, bias=False))
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h = torch.zeros(x.shape[1], self.fc_h2h.in_features)
        states = []
        for x_t in x:
            h = h.detach()
            r = torch.sigmoid(self.fc_x2r(x_t) + self.fc_h2r(h))
            z = torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h))
            new = torch.tanh(self.fc_x2h(x_t) + self.fc_h2h(r * h))
            h = z * h + (1 - z) * new
            states.append(h)
        return self.fc_h2y(last_valid(torch.stack(states), lengths))
