# one_hot · symbols are rows, steps are columns
def one_hot(symbols, num_symbols):
    code = torch.zeros(num_symbols, len(symbols))
    for t, s in enumerate(symbols):
        code[s, t] = 1
    return code
