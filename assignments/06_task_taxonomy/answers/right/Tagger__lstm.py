# Tagger · an own embedding and a packed nn.LSTM with dropout
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.embedding = nn.Embedding(num_symbols, 32)
        self.lstm = nn.LSTM(32, dim_recurrent, bidirectional=True)
        self.dropout = nn.Dropout(0.2)
        self.out = nn.Linear(2 * dim_recurrent, num_tags)

    def forward(self, symbols):
        x = self.dropout(self.embedding(symbols))
        packed = nn.utils.rnn.pack_padded_sequence(x, symbols.ne(0).sum(dim=0), enforce_sorted=False)
        output, _ = self.lstm(packed)
        output, _ = nn.utils.rnn.pad_packed_sequence(output, total_length=symbols.size(0))
        return self.out(self.dropout(output))
