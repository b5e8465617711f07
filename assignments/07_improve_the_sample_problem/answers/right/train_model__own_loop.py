# train_model · parameters without layers and a training loop without fit
import math


class GatedByHand(nn.Module):
    def __init__(self, sizes, generator):
        super().__init__()
        D, Q, C = sizes

        def uniform(rows, columns, by):
            return nn.Parameter((2 * torch.rand(rows, columns, generator=generator) - 1) / math.sqrt(by))

        self.weights = nn.ParameterDict(
            {"x": uniform(D, 2 * Q, D), "h": uniform(Q, 2 * Q, Q), "b": uniform(1, 2 * Q, D), "y": uniform(Q, C, Q)}
        )
        self.weights["b"].data[:, Q:] += 1.0
        self.weights["c"] = nn.Parameter(torch.zeros(C))

    def forward(self, x, lengths):
        w = self.weights
        Q = w["y"].shape[0]
        h = x.new_zeros(x.shape[1], Q)
        states = []
        for step in torch.unbind(x @ w["x"] + w["b"]):
            a = step + h @ w["h"]
            z = torch.sigmoid(a[:, Q:])
            h = z * h + (1 - z) * torch.relu(a[:, :Q])
            states.append(h)
        states = torch.stack(states)
        return states[lengths - 1, torch.arange(len(lengths))] @ w["y"] + w["c"]


def train_model(seed, num_sequences=250_000, size=128, lr=0.02):
    generator = torch.Generator().manual_seed(seed)
    net = GatedByHand((10, 48, 2), generator)
    optimiser = torch.optim.Adam(net.parameters())
    steps = max(1, num_sequences // size)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = lr * (0.02 + 0.98 * (1 + math.cos(math.pi * step / steps)) / 2)
        longest = min(10, 2 + 15 * step // steps)
        half = 1 + step % longest
        batch = HalvesTask(near_fraction=0.5, min_half=half, max_half=half).sample(size, generator)
        loss = nn.functional.cross_entropy(net(batch.x, batch.lengths), batch.targets)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
    return net
