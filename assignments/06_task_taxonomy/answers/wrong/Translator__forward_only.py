# Translator · encode and decode are not written · loses: test_decodes_step_by_step
class Translator(nn.Module):
    def __init__(self, num_source, num_target, dim_recurrent):
        super().__init__()
        self.encoder = RecurrentCore(dim_recurrent, num_symbols=num_source)
        self.decoder = RecurrentCore(dim_recurrent, num_symbols=num_target)
        self.head = nn.Linear(dim_recurrent, num_target)

    def encode(self, source, lengths):
        pass

    def decode(self, decoder_inputs, state):
        pass

    def forward(self, source, lengths, decoder_inputs):
        states, _ = self.encoder(source)
        states, _ = self.decoder(decoder_inputs, last_valid(states, lengths)[None])
        return self.head(states)
