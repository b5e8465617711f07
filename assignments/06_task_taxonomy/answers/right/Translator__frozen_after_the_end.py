# Translator · the encoder's state stands still after each end
class Translator(nn.Module):
    def __init__(self, num_source, num_target, dim_recurrent):
        super().__init__()
        self.encoder = RecurrentCore(dim_recurrent, num_symbols=num_source)
        self.decoder = RecurrentCore(dim_recurrent, num_symbols=num_target)
        self.head = nn.Linear(dim_recurrent, num_target)

    def encode(self, source, lengths):
        state = torch.zeros(1, source.shape[1], self.head.in_features)
        for t, row in enumerate(source):
            _, new = self.encoder(row[None], state)
            state = torch.where((t < lengths)[:, None], new, state)
        return state

    def decode(self, decoder_inputs, state):
        states, state = self.decoder(decoder_inputs, state)
        return self.head(states), state

    def forward(self, source, lengths, decoder_inputs):
        logits, _ = self.decode(decoder_inputs, self.encode(source, lengths))
        return logits
