# train_model · an LSTM trained as in lesson 04: good on short sequences, not on long ones · loses: test_random_error_at_most_1_percent, test_near_error_at_most_8_percent, test_near_error_at_most_3_percent, test_longer_error_at_most_15_percent, test_longer_error_at_most_5_percent
def train_model(seed, num_sequences=250_000):
    torch.manual_seed(seed)
    net = LayerNet(nn.LSTM(10, 50), 2)
    fit(net, HalvesTask(near_fraction=0.5), num_sequences, lr=1e-2, seed=seed, progress=False)
    return net
