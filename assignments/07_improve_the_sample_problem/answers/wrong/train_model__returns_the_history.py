# train_model · returns what fit returns, not the network · loses: test_gives_two_logits_for_each_sequence, test_judges_each_sequence_alone, test_random_error_at_most_25_percent, test_random_error_at_most_5_percent, test_random_error_at_most_1_percent, test_near_error_at_most_40_percent, test_near_error_at_most_20_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_40_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
def train_model(seed, num_sequences=1000):
    torch.manual_seed(seed)
    return fit(LayerNet(nn.GRU(10, 50), 2), HalvesTask(near_fraction=0.5), num_sequences, progress=False)
