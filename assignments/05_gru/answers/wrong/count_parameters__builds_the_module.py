# count_parameters · builds the module and counts · loses: test_counts_what_no_memory_holds
def count_parameters(kind, D, Q, L, bidirectional=False):
    layer = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind](D, Q, L, bidirectional=bidirectional)
    return sum(p.numel() for p in layer.parameters())
