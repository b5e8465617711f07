# LSTMNet · gather along time
class LSTMNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, num_layers, dim_output):
        super().__init__()
        self.lstm = nn.LSTM(dim_input, dim_recurrent, num_layers)
        self.fc_o2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        output, _ = self.lstm(x)
        index = (lengths - 1).view(1, -1, 1).expand(1, x.shape[1], output.shape[2])
        h_last = output.gather(0, index).squeeze(0)
        return self.fc_o2y(h_last.clamp(min=0))
