# TCN · the block is called by keyword
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        first = block(dim_in=dim_input, dim_out=dim_hidden, kernel_size=kernel_size, dilation=1)
        others = [
            block(dim_in=dim_hidden, dim_out=dim_hidden, kernel_size=kernel_size, dilation=1 << i)
            for i in range(1, num_blocks)
        ]
        self.blocks = nn.Sequential(first, *others)
        self.fc_h2y = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        return self.fc_h2y(last_valid(self.blocks(x), lengths))
