# count_parameters · layer by layer from below
def count_parameters(kind, D, Q, L, bidirectional=False):
    if L == 0:
        return 0
    gates = "rnn gru lstm".split().index(kind)
    gates = (1, 3, 4)[gates]
    ways = 2 if bidirectional else 1
    here = gates * (Q * D + Q * Q + Q + Q)
    return ways * here + count_parameters(kind, ways * Q, Q, L - 1, bidirectional)
