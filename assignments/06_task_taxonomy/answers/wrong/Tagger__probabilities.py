# Tagger · a softmax at the end · loses: test_returns_logits, test_tags_unseen_articles, test_tells_the_two_kinds_of_to
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        lengths = (symbols != PADDING).sum(0)
        packed = pack_padded_sequence(self.core.embedding(symbols), lengths, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.core.gru(packed)[0], total_length=len(symbols))
        return self.head(states).softmax(dim=-1)
