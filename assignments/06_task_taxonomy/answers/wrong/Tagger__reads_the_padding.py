# Tagger · the backward direction begins in the padding · loses: test_padding_does_not_change_a_tag
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        states, _ = self.core(symbols)
        return self.head(states)
