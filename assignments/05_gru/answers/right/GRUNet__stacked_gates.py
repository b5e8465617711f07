# GRUNet · both gates in one product
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
        F = nn.functional
        W_h = torch.cat([self.fc_h2r.weight, self.fc_h2z.weight])
        W_x = torch.cat([self.fc_x2r.weight, self.fc_x2z.weight])
        b = torch.cat([self.fc_x2r.bias, self.fc_x2z.bias])
        h = x.new_zeros(x.size(1), self.fc_h2h.weight.size(0))
        states = x.new_empty(0, *h.shape)
        for t in range(x.size(0)):
            r, z = torch.sigmoid(F.linear(x[t], W_x, b) + F.linear(h, W_h)).chunk(2, dim=-1)
            h = h * z + torch.tanh(self.fc_x2h(x[t]) + self.fc_h2h(h * r)) * (1 - z)
            states = torch.cat([states, h[None]])
        return self.fc_h2y(last_valid(states, lengths))
