# ElmanNet · the state starts at random · loses: test_follows_the_equations, test_padding_has_no_influence, test_keeps_nothing_between_calls
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        h_t = torch.randn(x.shape[1], self.fc_h2h.in_features)
        states = []
        for x_t in x:
            h_t = torch.relu(self.fc_x2h(x_t) + self.fc_h2h(h_t))
            states.append(h_t)
        h_last = torch.stack(states)[lengths - 1, torch.arange(len(lengths))]
        return self.fc_h2y(h_last)
