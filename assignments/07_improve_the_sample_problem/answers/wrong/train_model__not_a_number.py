# train_model · a learning rate at which nothing finite is left · loses: test_gives_two_logits_for_each_sequence, test_judges_each_sequence_alone, test_random_error_at_most_25_percent, test_random_error_at_most_5_percent, test_random_error_at_most_1_percent, test_near_error_at_most_40_percent, test_near_error_at_most_20_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_40_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
def train_model(seed, num_sequences=2000):
    torch.manual_seed(seed)
    net = LayerNet(nn.RNN(10, 50, nonlinearity="relu"), 2)
    optimiser = torch.optim.SGD(net.parameters(), lr=1e30)
    generator = torch.Generator().manual_seed(seed)
    for _ in range(4):
        batch = HalvesTask(near_fraction=0.5).sample(32, generator)
        optimiser.zero_grad()
        nn.functional.cross_entropy(net(batch.x, batch.lengths), batch.targets).backward()
        optimiser.step()
    return net
