# train_model · batch first inside, the last state gathered
class BatchFirst(nn.Module):
    def __init__(self, num_symbols=10, units=64):
        super().__init__()
        self.units = units
        self.from_symbol = nn.Linear(num_symbols, units)
        self.gate_from_symbol = nn.Linear(num_symbols, units)
        self.from_state = nn.Parameter(torch.empty(units, 2 * units).uniform_(-(units**-0.5), units**-0.5))
        self.classify = nn.Linear(units, 2)
        with torch.no_grad():
            self.gate_from_symbol.bias.add_(1)

    def forward(self, x, lengths):
        sequences = x.transpose(0, 1)
        inputs = torch.cat([self.from_symbol(sequences), self.gate_from_symbol(sequences)], dim=2)
        state = sequences.new_zeros(len(sequences), self.units)
        kept = []
        for step in inputs.unbind(1):
            full, gate = (step + state @ self.from_state).tensor_split(2, dim=1)
            gate = gate.sigmoid()
            state = gate * state + (1 - gate) * full.clamp(min=0)
            kept.append(state)
        kept = torch.stack(kept, dim=1)
        last = kept.gather(1, (lengths - 1)[:, None, None].expand(-1, 1, self.units)).squeeze(1)
        return self.classify(last)


def train_model(seed, num_sequences=800_000):
    torch.manual_seed(seed)
    model = BatchFirst()
    fit(model, HalvesTask(near_fraction=0.5), num_sequences, batch_size=512, lr=1.5e-2, seed=seed + 1, progress=False)
    return model
