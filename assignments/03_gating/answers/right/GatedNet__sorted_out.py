# GatedNet · an output at every step, then the right one is taken
class GatedNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_x2z = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2z = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h, outputs = None, []
        for x_t in x:
            if h is None:
                h = torch.zeros(len(x_t), self.fc_h2y.in_features)
            h_bar = (self.fc_x2h(x_t) + self.fc_h2h(h)).clamp_min(0)
            z = self.gate(x_t, h)
            h = h_bar + z * (h - h_bar)
            outputs.append(self.fc_h2y(h))
        return torch.stack([outputs[length - 1][n] for n, length in enumerate(lengths.tolist())])

    def gate(self, x_t, h):
        return torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h))
