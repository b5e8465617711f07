# count_parameters · first layer and the others
def count_parameters(kind, D, Q, L, bidirectional=False):
    m = {"rnn": 1, "gru": 3, "lstm": 4}[kind]
    d = 1 + bool(bidirectional)
    return d * m * Q * ((D + Q + 2) + (L - 1) * (d * Q + Q + 2))
