# LSTMNet · the state is kept from call to call · loses: test_padding_has_no_influence, test_keeps_nothing_between_calls
class LSTMNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, num_layers, dim_output):
        super().__init__()
        self.lstm = nn.LSTM(dim_input, dim_recurrent, num_layers)
        self.fc_o2y = nn.Linear(dim_recurrent, dim_output)

    states = None

    def forward(self, x, lengths):
        if self.states is not None and self.states[0].shape[1] != x.shape[1]:
            self.states = None
        output, (h_n, c_n) = self.lstm(x, self.states)
        self.states = h_n.detach(), c_n.detach()
        h_last = output[lengths - 1, torch.arange(len(lengths))]
        return self.fc_o2y(torch.relu(h_last))
