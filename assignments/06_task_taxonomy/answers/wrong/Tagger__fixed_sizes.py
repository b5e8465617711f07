# Tagger · the sizes of the lesson are written into the layers · loses: test_one_prediction_for_every_step, test_returns_logits, test_knows_the_words_before, test_knows_the_words_behind, test_sentences_do_not_touch_each_other, test_padding_does_not_change_a_tag, test_gradients_reach_every_parameter
class Tagger(nn.Module):
    def __init__(self, num_symbols, dim_recurrent, num_tags):
        super().__init__()
        self.core = RecurrentCore(64, num_symbols=5396, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, 16)

    def forward(self, symbols):
        lengths = (symbols != PADDING).sum(0)
        packed = pack_padded_sequence(self.core.embedding(symbols), lengths, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.core.gru(packed)[0], total_length=len(symbols))
        return self.head(states)
