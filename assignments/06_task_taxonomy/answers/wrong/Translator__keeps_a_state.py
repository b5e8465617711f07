# Translator · the encoder goes on from the sum of all states before · loses: test_the_sources_padding_has_no_influence, test_the_decoder_sees_no_later_input, test_sequences_of_a_batch_do_not_mix, test_decodes_step_by_step, test_learns_to_write_backwards
class Translator(nn.Module):
    def __init__(self, num_source, num_target, dim_recurrent):
        super().__init__()
        self.encoder = RecurrentCore(dim_recurrent, num_symbols=num_source)
        self.decoder = RecurrentCore(dim_recurrent, num_symbols=num_target)
        self.before = None
        self.head = nn.Linear(dim_recurrent, num_target)

    def encode(self, source, lengths):
        if self.before is not None and self.before.shape[1] != source.shape[1]:
            self.before = None
        states, last = self.encoder(source, self.before)
        self.before = last.detach() + (0 if self.before is None else self.before)
        return last_valid(states, lengths)[None]

    def decode(self, decoder_inputs, state):
        states, state = self.decoder(decoder_inputs, state)
        return self.head(states), state

    def forward(self, source, lengths, decoder_inputs):
        logits, _ = self.decode(decoder_inputs, self.encode(source, lengths))
        return logits
