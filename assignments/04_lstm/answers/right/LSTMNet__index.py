# LSTMNet · advanced indexing, keyword arguments
class LSTMNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, num_layers, dim_output):
        super().__init__()
        self.lstm = nn.LSTM(input_size=dim_input, hidden_size=dim_recurrent, num_layers=num_layers)
        self.fc_o2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        output, (h_n, c_n) = self.lstm(x)
        last = output[lengths - 1, torch.arange(len(lengths))]
        return self.fc_o2y(F.relu(last))
