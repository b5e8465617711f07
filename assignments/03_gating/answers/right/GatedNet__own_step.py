# GatedNet · gated_step with the weights of its layers
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def step(self, x_t, h):
        return gated_step(
            x_t, h, self.fc_x2h.weight, self.fc_h2h.weight, self.fc_x2h.bias,
            self.fc_x2z.weight, self.fc_h2z.weight, self.fc_x2z.bias,
        )

    def forward(self, x, lengths):
        h, states = torch.zeros(x.shape[1], self.fc_h2h.in_features), []
        for x_t in x:
            h = self.step(x_t, h)
            states.append(h)
        return self.fc_h2y(torch.stack(states)[lengths - 1, torch.arange(len(lengths))])
