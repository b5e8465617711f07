# Translator · the decoder starts from zeros · loses: test_follows_the_equations, test_the_whole_source_matters, test_decodes_step_by_step, test_gradients_reach_every_part, test_learns_to_write_backwards, test_the_sources_padding_has_no_influence
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
        return self.head(states), state

    def forward(self, source, lengths, decoder_inputs):
        logits, _ = self.decode(decoder_inputs, None)
        return logits
