# one_hot · an index for each row
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    code[torch.arange(len(symbols)), symbols] = 1
    return code
