# one_hot · a loop over the steps
def one_hot(symbols, num_symbols):
    rows = []
    for s in symbols:
        row = [0.0] * num_symbols
        row[int(s)] = 1.0
        rows.append(row)
    return torch.tensor(rows)
