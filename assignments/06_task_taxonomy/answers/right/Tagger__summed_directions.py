# Tagger · the states of both directions are added
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.Q = dim_recurrent
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, dim_input=48, bidirectional=True)
        self.head = nn.Sequential(nn.Linear(dim_recurrent, dim_recurrent), nn.ReLU(), nn.Linear(dim_recurrent, num_tags))

    def forward(self, symbols):
        lengths = (symbols != PADDING).sum(0)
        packed = pack_padded_sequence(self.core.embedding(symbols), lengths, enforce_sorted=False)
        states = pad_packed_sequence(self.core.gru(packed)[0], total_length=len(symbols))[0]
        return self.head(states[:, :, : self.Q] + states[:, :, self.Q :])
