# GRUNet · input products before the loop
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
        inputs = zip(self.fc_x2r(x).unbind(), self.fc_x2z(x).unbind(), self.fc_x2h(x).unbind())
        h, states = x.new_zeros(x.shape[1], self.fc_h2h.out_features), []
        for x_r, x_z, x_h in inputs:
            r, z = torch.sigmoid(x_r + self.fc_h2r(h)), torch.sigmoid(x_z + self.fc_h2z(h))
            h = torch.lerp(torch.tanh(x_h + self.fc_h2h(r * h)), h, z)
            states.append(h)
        every = torch.arange(len(lengths))
        return self.fc_h2y(torch.stack(states)[lengths - 1, every])
