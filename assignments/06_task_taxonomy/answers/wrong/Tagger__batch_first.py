# Tagger · time and batch are exchanged · loses: test_knows_the_words_before, test_knows_the_words_behind, test_sentences_do_not_touch_each_other, test_padding_does_not_change_a_tag, test_tags_unseen_articles, test_tells_the_two_kinds_of_to
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        states, _ = self.core(symbols.T)
        return self.head(states).transpose(0, 1)
