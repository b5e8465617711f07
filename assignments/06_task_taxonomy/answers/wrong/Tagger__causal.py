# Tagger · only the words before · loses: test_knows_the_words_behind, test_tells_the_two_kinds_of_to
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        states, _ = self.core(symbols)
        return self.head(states)
