# TCN · a loop over the batch at the end
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        self.blocks = nn.Sequential()
        for i in range(num_blocks):
            self.blocks.append(block(dim_hidden if i else dim_input, dim_hidden, kernel_size, 2**i))
        self.fc_h2y = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        h = self.blocks(x)
        rows = [h[length - 1, n] for n, length in enumerate(lengths.tolist())]
        return self.fc_h2y(torch.stack(rows))
