# TCN · another name for the last layer · loses: test_has_the_named_parameters, test_computes_the_logits, test_padding_has_no_influence, test_gradients_reach_every_block
class TCN(nn.Module):
    def __init__(self, dim_input, dim_hidden, dim_output, kernel_size=3, num_blocks=4, block=None):
        super().__init__()
        block = block or TemporalBlock
        blocks = []
        for i in range(num_blocks):
            dim_in = dim_input if i == 0 else dim_hidden
            blocks.append(block(dim_in, dim_hidden, kernel_size, 2**i))
        self.blocks = nn.Sequential(*blocks)
        self.last_layer = nn.Linear(dim_hidden, dim_output)

    def forward(self, x, lengths):
        states = self.blocks(x)
        return self.last_layer(last_valid(states, lengths))
