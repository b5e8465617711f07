# one_hot · takes symbols for 1..D
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    for t in range(len(symbols)):
        code[t, symbols[t] - 1] = 1
    return code
