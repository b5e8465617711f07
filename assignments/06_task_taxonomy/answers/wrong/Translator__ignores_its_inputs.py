# Translator · the decoder never sees what was written · loses: test_follows_the_equations, test_the_decoder_sees_no_later_input
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
        states, state = self.decoder(torch.full_like(decoder_inputs, 1), state)
        return self.head(states), state

    def forward(self, source, lengths, decoder_inputs):
        logits, _ = self.decode(decoder_inputs, self.encode(source, lengths))
        return logits
