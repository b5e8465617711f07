# one_hot · one vector for the whole sequence
def one_hot(symbols, num_symbols):
    code = torch.zeros(num_symbols)
    code[symbols] = 1
    return code
