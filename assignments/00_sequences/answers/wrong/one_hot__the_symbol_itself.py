# one_hot · writes the symbol where a one belongs
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    for t, s in enumerate(symbols):
        code[t, s] = s.float()
    return code
