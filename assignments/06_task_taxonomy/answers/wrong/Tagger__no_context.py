# Tagger · every word by itself · loses: test_knows_the_words_before, test_knows_the_words_behind, test_tags_unseen_articles, test_tells_the_two_kinds_of_to
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.embedding = nn.Embedding(num_symbols, 32)
        self.head = nn.Sequential(nn.Linear(32, dim_recurrent), nn.ReLU(), nn.Linear(dim_recurrent, num_tags))

    def forward(self, symbols):
        return self.head(self.embedding(symbols))
