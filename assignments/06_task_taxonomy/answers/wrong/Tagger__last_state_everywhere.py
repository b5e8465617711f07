# Tagger · every word gets the logits of the last state · loses: test_padding_does_not_change_a_tag, test_tags_unseen_articles, test_tells_the_two_kinds_of_to
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        lengths = (symbols != PADDING).sum(0)
        packed = pack_padded_sequence(self.core.embedding(symbols), lengths, enforce_sorted=False)
        _, h_last = self.core.gru(packed)
        logits = self.head(torch.cat([h_last[0], h_last[1]], dim=1))
        return logits.expand(len(symbols), -1, -1)
