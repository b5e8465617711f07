# train_model · half of a batch is positive, so it answers relative to the batch's mean · loses: test_judges_each_sequence_alone, test_random_error_at_most_25_percent, test_random_error_at_most_5_percent, test_random_error_at_most_1_percent, test_near_error_at_most_40_percent, test_near_error_at_most_20_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_40_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
class Relative(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = LayerNet(nn.GRU(10, 50), 2)

    def forward(self, x, lengths):
        logits = self.net(x, lengths)
        return logits - logits.mean(0)


def train_model(seed, num_sequences=2000):
    torch.manual_seed(seed)
    net = Relative()
    fit(net, HalvesTask(near_fraction=0.5), num_sequences, seed=seed, progress=False)
    return net
