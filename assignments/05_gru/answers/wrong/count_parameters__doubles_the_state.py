# count_parameters · bidirectional as one layer of 2Q units · loses: test_both_directions, test_more_layers_in_both_directions
def count_parameters(kind, D, Q, L, bidirectional=False):
    m = {"rnn": 1, "gru": 3, "lstm": 4}[kind]
    units = 2 * Q if bidirectional else Q
    return sum(m * units * ((D if layer == 0 else units) + units + 2) for layer in range(L))
