# TCN · predicts at every step, then takes each sequence's last
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        widths = [dim_input, *[dim_hidden] * num_blocks]
        pairs = zip(widths[:-1], widths[1:])
        self.blocks = nn.Sequential(*[block(a, b, kernel_size, pow(2, i)) for i, (a, b) in enumerate(pairs)])
        self.fc_h2y = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        y = self.fc_h2y(self.blocks(x))
        index = (lengths - 1).view(1, -1, 1).expand(1, -1, y.shape[2])
        return y.gather(0, index)[0]
