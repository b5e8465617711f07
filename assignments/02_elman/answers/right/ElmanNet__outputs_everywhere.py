# ElmanNet · an output at every step, then the right one is taken
class ElmanNet(nn.Module):
    def __init__(self, dim_input, dim_recurrent, dim_output):
        super().__init__()
        self.fc_x2h = nn.Linear(dim_input, dim_recurrent)
        self.fc_h2h = nn.Linear(dim_recurrent, dim_recurrent, bias=False)
        self.fc_h2y = nn.Linear(dim_recurrent, dim_output)

        self.activation = nn.ReLU()

    def step(self, x_t, h):
        return self.activation(self.fc_x2h(x_t) + self.fc_h2h(h))

    def forward(self, x, lengths):
        outputs, h = [], torch.zeros(x.shape[1], self.fc_h2h.weight.shape[0])
        for x_t in x:
            h = self.step(x_t, h)
            outputs.append(self.fc_h2y(h))
        outputs = torch.stack(outputs)
        return torch.stack([outputs[length - 1, n] for n, length in enumerate(lengths)])
