# train_model · the lecture's four layers, a cell of its own, sequences frozen at their ends
class Cell(nn.Module):
    def __init__(self, D, Q):
        super().__init__()
        self.fc_x2h, self.fc_h2h = nn.Linear(D, Q), nn.Linear(Q, Q, bias=False)
        self.fc_x2z, self.fc_h2z = nn.Linear(D, Q), nn.Linear(Q, Q, bias=False)
        nn.init.uniform_(self.fc_x2z.bias, 0.7, 1.3)

    def forward(self, x_t, h):
        full = F.relu(self.fc_x2h(x_t) + self.fc_h2h(h))
        z = torch.sigmoid(self.fc_x2z(x_t) + self.fc_h2z(h))
        return z * h + (1 - z) * full


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = Cell(10, 64)
        self.fc_h2y = nn.Linear(64, 2)

    def forward(self, x, lengths):
        h = torch.zeros(x.shape[1], 64)
        for t, x_t in enumerate(x):
            h = torch.where(t < lengths[:, None], self.cell(x_t, h), h)
        return self.fc_h2y(h)


from torch.nn import functional as F


def train_model(seed, num_sequences=800_000):
    torch.manual_seed(seed)
    net = Net()
    task = HalvesTask(near_fraction=0.5, min_half=1, max_half=10)
    fit(net, task, num_sequences=num_sequences, batch_size=512, lr=0.015, max_norm=1.0, seed=seed, progress=False)
    return net
