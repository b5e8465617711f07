# Translator · the decoder's states as logits · loses: test_follows_the_equations, test_the_decoder_sees_no_later_input, test_the_sources_padding_has_no_influence, test_the_whole_source_matters, test_sequences_of_a_batch_do_not_mix, test_decodes_step_by_step, test_gradients_reach_every_part, test_learns_to_write_backwards, test_has_the_named_parts
class Translator(nn.Module):
    def __init__(self, num_source, num_target, dim_recurrent):
        super().__init__()
        self.encoder = RecurrentCore(dim_recurrent, num_symbols=num_source)
        self.decoder = RecurrentCore(dim_recurrent, num_symbols=num_target)
        self.head = nn.Linear(dim_recurrent, num_target)

    def encode(self, source, lengths):
        states, _ = self.encoder(source)
        return last_valid(states, lengths)[None]

    def decode(self, decoder_inputs, state):
        states, state = self.decoder(decoder_inputs, state)
        return states, state

    def forward(self, source, lengths, decoder_inputs):
        logits, _ = self.decode(decoder_inputs, self.encode(source, lengths))
        return logits
