# one_hot · sets the symbols' columns in every row
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    code[:, symbols] = 1
    return code
