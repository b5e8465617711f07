# LSTMNet · dropout on the state · loses: test_follows_the_lecture, test_reads_the_last_layer, test_padding_has_no_influence, test_keeps_nothing_between_calls
class LSTMNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, num_layers, dim_output):
        super().__init__()
        self.lstm = nn.LSTM(dim_input, dim_recurrent, num_layers)
        self.fc_o2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        output, (h_n, c_n) = self.lstm(x)
        h_last = output[lengths - 1, torch.arange(len(lengths))]
        return self.fc_o2y(F.dropout(torch.relu(h_last), 0.3))
