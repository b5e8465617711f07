# ElmanNet · the last state is caught on the way
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h = x.new_zeros(x.size(1), self.fc_h2h.out_features)
        h_last = h
        for t, x_t in enumerate(x, start=1):
            h = F.relu(self.fc_x2h(x_t) + self.fc_h2h(h))
            h_last = torch.where((lengths == t)[:, None], h, h_last)
        return self.fc_h2y(h_last)
