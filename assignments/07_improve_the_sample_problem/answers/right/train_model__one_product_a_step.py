# train_model · both sums of a step in one product, the lengths from a generator function
from torch.nn import functional as F


class Gated(nn.Module):
    def __init__(self, D, Q):
        super().__init__()
        self.Q = Q
        self.input = nn.Linear(D, 2 * Q)
        self.recurrent = nn.Linear(Q, 2 * Q, bias=False)
        self.output = nn.Linear(Q, 2)
        self.input.bias.data[:Q] += 1

    def forward(self, x, lengths):
        h, states = torch.zeros(x.size(1), self.Q), []
        for a in self.input(x).unbind():
            z, full = torch.split(a + self.recurrent(h), self.Q, dim=-1)
            h = torch.lerp(full.relu(), h, z.sigmoid())
            states.append(h)
        return self.output(last_valid(torch.stack(states), lengths))


def lengths_of_the_course(num_batches, generator):
    """Halves of up to 2 symbols at first, of up to 10 from 60 % on; every batch has one length."""
    for i in range(num_batches):
        yield torch.randint(1, min(10, 2 + 9 * i // max(1, round(0.6 * num_batches))) + 1, (1,), generator=generator)


def train_model(seed, num_sequences=250_000):
    torch.manual_seed(seed)
    net = Gated(10, 48)
    generator = torch.Generator().manual_seed(seed)
    num_batches = max(1, num_sequences // 128)
    optimiser = torch.optim.Adam(net.parameters(), lr=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, num_batches)
    for half in map(int, lengths_of_the_course(num_batches, generator)):
        task = HalvesTask(near_fraction=0.5, min_half=half, max_half=half)
        _, x, lengths, targets = task.sample(128, generator)
        optimiser.zero_grad()
        F.cross_entropy(net(x, lengths), targets).backward()
        nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)
        optimiser.step()
        schedule.step()
    return net
