# TCN · Sequential filled by add_module with names
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        self.blocks = nn.Sequential()
        for i in range(num_blocks):
            self.blocks.add_module(f"block_{i + 1}", block(dim_hidden if i else dim_input, dim_hidden, kernel_size, 2**i))
        self.fc_h2y = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        return self.fc_h2y(last_valid(self.blocks(x), lengths))
