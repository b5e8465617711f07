# Tagger · each sentence alone, without its padding
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        columns = []
        for n in range(symbols.shape[1]):
            length = int((symbols[:, n] != PADDING).sum())
            states, _ = self.core(symbols[:length, n : n + 1])
            columns.append(F.pad(self.head(states), (0, 0, 0, 0, 0, len(symbols) - length)))
        return torch.cat(columns, dim=1)
