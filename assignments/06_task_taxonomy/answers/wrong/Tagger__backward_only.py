# Tagger · only the words behind · loses: test_knows_the_words_before, test_gradients_reach_every_parameter
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.Q = dim_recurrent
        self.head = nn.Linear(dim_recurrent, num_tags)

    def forward(self, symbols):
        lengths = (symbols != PADDING).sum(0)
        packed = pack_padded_sequence(self.core.embedding(symbols), lengths, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.core.gru(packed)[0], total_length=len(symbols))
        return self.head(states[:, :, self.Q :])
