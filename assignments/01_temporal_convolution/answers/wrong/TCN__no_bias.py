# TCN · readout without bias · loses: test_has_the_named_parameters
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        self.blocks = nn.Sequential(*[block(dim_hidden if i else dim_input, dim_hidden, kernel_size, 2**i) for i in range(num_blocks)])
        self.fc_h2y = nn.Linear(dim_hidden, dim_output, bias=False)

    def forward(self, x, lengths):
        return self.fc_h2y(last_valid(self.blocks(x), lengths))
