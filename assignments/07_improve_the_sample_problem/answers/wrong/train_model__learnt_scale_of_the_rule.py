# train_model · counts the pairs that differ and learns only what a difference weighs · loses: test_random_error_at_most_25_percent, test_random_error_at_most_5_percent, test_random_error_at_most_1_percent, test_near_error_at_most_40_percent, test_near_error_at_most_20_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_40_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.read = nn.Linear(1, 2)

    def forward(self, x, lengths):
        half = lengths // 2
        t = torch.arange(len(x))[:, None]
        other = x.gather(0, (t + half).clamp(max=len(x) - 1)[:, :, None].expand_as(x))
        differ = ((x != other).any(2) & (t < half)).any(0)
        return self.read(differ[:, None].float())


def train_model(seed, num_sequences=20_000):
    torch.manual_seed(seed)
    net = Counter()
    fit(net, HalvesTask(near_fraction=0.5), num_sequences, lr=0.05, seed=seed, progress=False)
    return net
