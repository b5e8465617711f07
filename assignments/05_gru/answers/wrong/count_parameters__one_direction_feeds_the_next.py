# count_parameters · the input above a bidirectional layer is Q · loses: test_more_layers_in_both_directions
def count_parameters(kind, D, Q, L, bidirectional=False):
    m = {"rnn": 1, "gru": 3, "lstm": 4}[kind]
    d = 2 if bidirectional else 1
    count = 0
    for layer in range(L):
        width = D if layer == 0 else Q
        count += d * m * Q * (width + Q + 2)
    return count
