# GRUNet · its weights go into a function
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

    def forward(self, x, lengths):
        def phi(x_t, h):
            return step(x_t, h, self.fc_x2r, self.fc_h2r, self.fc_x2z, self.fc_h2z, self.fc_x2h, self.fc_h2h)

        h_t, states = x.new_zeros(x.shape[1], self.fc_h2h.in_features), []
        for x_t in x:
            h_t = phi(x_t, h_t)
            states.append(h_t)
        return self.fc_h2y(last_valid(torch.stack(states), lengths))


def step(x, h, x2r, h2r, x2z, h2z, x2h, h2h):
    r, z = (x2r(x) + h2r(h)).sigmoid(), (x2z(x) + h2z(h)).sigmoid()
    return z * h + (1 - z) * (x2h(x) + h2h(r * h)).tanh()
