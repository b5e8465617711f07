# count_parameters · returns a float · loses: test_counts_what_no_memory_holds
def count_parameters(kind, D, Q, L, bidirectional=False):
    m = {"rnn": 1, "gru": 3, "lstm": 4}[kind]
    d = 2 if bidirectional else 1
    count = 0
    for layer in range(L):
        width = D if layer == 0 else d * Q
        count += d * m * Q * (width + Q + 2)
    return count / 1
