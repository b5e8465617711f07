# one_hot · a column too many
def one_hot(symbols, num_symbols):
    return torch.eye(num_symbols + 1)[symbols]
