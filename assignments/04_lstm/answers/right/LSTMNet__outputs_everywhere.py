# LSTMNet · an output at every step, then the right one is taken
class LSTMNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, num_layers, dim_output):
        super().__init__()
        self.lstm = nn.LSTM(dim_input, dim_recurrent, num_layers)
        self.fc_o2y = nn.Linear(dim_recurrent, dim_output)
        self.activation = nn.ReLU()

    def forward(self, x, lengths):
        states, _ = self.lstm(x)
        logits = self.fc_o2y(self.activation(states))
        return torch.stack([logits[length - 1, n] for n, length in enumerate(lengths.tolist())])
