# Tagger · two cells in a loop; a state goes on only where there is a word
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.embed = nn.Embedding(num_symbols, 24, padding_idx=0)
        self.ahead, self.behind = nn.GRUCell(24, dim_recurrent), nn.GRUCell(24, dim_recurrent)
        self.head = nn.Linear(2 * dim_recurrent, num_tags)

    def run(self, cell, x, is_word, steps):
        h, states = torch.zeros(x.shape[1], cell.hidden_size), {}
        for t in steps:
            h = torch.where(is_word[t][:, None], cell(x[t], h), h)
            states[t] = h
        return torch.stack([states[t] for t in range(len(x))])

    def forward(self, symbols):
        x, is_word, T = self.embed(symbols), symbols > 0, len(symbols)
        both = self.run(self.ahead, x, is_word, range(T)), self.run(self.behind, x, is_word, reversed(range(T)))
        return self.head(torch.cat(both, dim=-1))
