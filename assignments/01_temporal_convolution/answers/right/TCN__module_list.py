# TCN · a ModuleList and a loop
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        self.blocks = nn.ModuleList()
        dilation = 1
        for _ in range(num_blocks):
            self.blocks.append(block(dim_input, dim_hidden, kernel_size, dilation))
            dim_input, dilation = dim_hidden, 2 * dilation
        self.fc_h2y = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        h = x
        for block in self.blocks:
            h = block(h)
        return self.fc_h2y(h[lengths - 1, torch.arange(x.shape[1])])
