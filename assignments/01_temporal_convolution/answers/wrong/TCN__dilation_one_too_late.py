# TCN · the dilations begin with 2 · loses: test_doubles_the_dilation, test_computes_the_logits, test_learns_the_sample_problem
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        blocks = []
        for i in range(num_blocks):
            dim_in = dim_input if i == 0 else dim_hidden
            blocks.append(block(dim_in, dim_hidden, kernel_size, 2 ** (i + 1)))
        self.blocks = nn.Sequential(*blocks)
        self.fc_h2y = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        states = self.blocks(x)
        return self.fc_h2y(last_valid(states, lengths))
