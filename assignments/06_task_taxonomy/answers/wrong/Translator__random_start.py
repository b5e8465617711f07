# Translator · noise in the decoder's first state · loses: test_follows_the_equations, test_the_sources_padding_has_no_influence, test_decodes_step_by_step, test_sequences_of_a_batch_do_not_mix, test_the_decoder_sees_no_later_input
class Translator(nn.Module):
    def __init__(self, num_source, num_target, dim_recurrent):
        super().__init__()
        self.encoder = RecurrentCore(dim_recurrent, num_symbols=num_source)
        self.decoder = RecurrentCore(dim_recurrent, num_symbols=num_target)
        self.head = nn.Linear(dim_recurrent, num_target)

    def encode(self, source, lengths):
        states, _ = self.encoder(source)
        return last_valid(states, lengths)[None] + 0.1 * torch.randn(1, len(lengths), states.shape[2])

    def decode(self, decoder_inputs, state):
        states, state = self.decoder(decoder_inputs, state)
        return self.head(states), state

    def forward(self, source, lengths, decoder_inputs):
        logits, _ = self.decode(decoder_inputs, self.encode(source, lengths))
        return logits
