# train_model · one logit a sequence, as for a binary cross entropy · loses: test_gives_two_logits_for_each_sequence, test_judges_each_sequence_alone, test_random_error_at_most_25_percent, test_random_error_at_most_5_percent, test_random_error_at_most_1_percent, test_near_error_at_most_40_percent, test_near_error_at_most_20_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_40_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
def train_model(seed, num_sequences=2000):
    torch.manual_seed(seed)
    net = LayerNet(nn.GRU(10, 50), 1)
    optimiser = torch.optim.Adam(net.parameters())
    generator = torch.Generator().manual_seed(seed)
    for _ in range(max(1, num_sequences // 128)):
        batch = HalvesTask(near_fraction=0.5).sample(128, generator)
        optimiser.zero_grad()
        logit = net(batch.x, batch.lengths)[:, 0]
        nn.functional.binary_cross_entropy_with_logits(logit, batch.targets.float()).backward()
        optimiser.step()
    return net
