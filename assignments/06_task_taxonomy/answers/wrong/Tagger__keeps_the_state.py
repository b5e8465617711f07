# Tagger · the last state of a call is the first of the next · loses: test_sentences_do_not_touch_each_other, test_padding_does_not_change_a_tag
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(dim_recurrent, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)
        self.h = None

    def forward(self, symbols):
        if self.h is None or self.h.shape[1] != symbols.shape[1]:
            self.h = torch.randn(2, symbols.shape[1], self.core.gru.hidden_size)
        lengths = (symbols != PADDING).sum(0)
        packed = pack_padded_sequence(self.core.embedding(symbols), lengths, enforce_sorted=False)
        states, last = self.core.gru(packed, self.h)
        self.h = last.detach()
        return self.head(pad_packed_sequence(states, total_length=len(symbols))[0])
