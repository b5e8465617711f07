# count_parameters · weights and biases apart
def count_parameters(kind, D, Q, L, bidirectional=False):
    if kind == "lstm":
        rows = 4 * Q
    elif kind == "gru":
        rows = 3 * Q
    else:
        rows = Q
    weights, biases, width = 0, 0, D
    for _ in range(L):
        for _ in range(2 if bidirectional else 1):
            weights += rows * width + rows * Q
            biases += 2 * rows
        width = 2 * Q if bidirectional else Q
    return weights + biases
