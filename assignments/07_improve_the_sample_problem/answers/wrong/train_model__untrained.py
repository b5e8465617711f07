# train_model · returns the network as it was made · loses: test_random_error_at_most_25_percent, test_random_error_at_most_5_percent, test_random_error_at_most_1_percent, test_near_error_at_most_40_percent, test_near_error_at_most_20_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_40_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
def train_model(seed, num_sequences=100_000):
    torch.manual_seed(seed)
    return LayerNet(nn.LSTM(10, 50), 2)
