# Translator · weights of zero, for which zeros are right · loses: test_has_the_named_parts, test_follows_the_equations, test_the_sources_padding_has_no_influence, test_the_decoder_sees_no_later_input, test_the_whole_source_matters, test_sequences_of_a_batch_do_not_mix, test_decodes_step_by_step, test_gradients_reach_every_part, test_learns_to_write_backwards
class Translator(nn.Module):
    def __init__(self, num_source, num_target, dim_recurrent):
        super().__init__()
        self.num_target = num_target
        self.encoder = RecurrentCore(dim_recurrent, num_symbols=num_source)
        self.decoder = RecurrentCore(dim_recurrent, num_symbols=num_target)
        self.head = nn.Linear(dim_recurrent, num_target)
        for weights in self.parameters():
            nn.init.zeros_(weights)

    def encode(self, source, lengths):
        return None

    def decode(self, decoder_inputs, state):
        return self.forward(None, None, decoder_inputs), None

    def forward(self, source, lengths, decoder_inputs):
        return torch.zeros(*decoder_inputs.shape, self.num_target)
