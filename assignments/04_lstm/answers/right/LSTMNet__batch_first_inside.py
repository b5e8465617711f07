# LSTMNet · batch first inside
class LSTMNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, num_layers, dim_output):
        super().__init__()
        self.lstm = nn.LSTM(dim_input, dim_recurrent, num_layers, batch_first=True)
        self.fc_o2y = nn.Linear(dim_recurrent, dim_output)

    def forward(self, x, lengths):
        output, _ = self.lstm(x.transpose(0, 1))
        rows = torch.arange(output.size(0), device=x.device)
        return self.fc_o2y(output[rows, lengths - 1].relu())
