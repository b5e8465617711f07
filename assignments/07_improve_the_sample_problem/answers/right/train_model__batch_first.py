# train_model · batch first inside, the last state gathered
class BatchFirst(nn.Module):
    def __init__(self, num_symbols=10, units=48):
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
            state = gate * state + (1 - gate) * full.relu()
            kept.append(state)
        kept = torch.stack(kept, dim=1)
        last = kept.gather(1, (lengths - 1)[:, None, None].expand(-1, 1, self.units)).squeeze(1)
        return self.classify(last)


def train_model(seed, num_sequences=250_000):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed + 1)
    model = BatchFirst()
    batches = -(-num_sequences // 128)
    optimiser = torch.optim.Adam(model.parameters())
    for number in range(batches):
        done = number / batches
        for group in optimiser.param_groups:
            group["lr"] = 0.02 * max(0.02, 1 - done)
        longest = min(10, 2 + int(15 * done))
        half = torch.randint(1, longest + 1, (), generator=generator).item()
        batch = HalvesTask(near_fraction=0.5, min_half=half, max_half=half).sample(128, generator)
        loss = nn.functional.cross_entropy(model(batch.x, batch.lengths), batch.targets)
        model.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimiser.step()
    return model
