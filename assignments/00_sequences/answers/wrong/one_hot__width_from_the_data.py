# one_hot · as wide as the largest symbol that occurs · loses: test_is_as_wide_as_the_set_of_symbols
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), int(symbols.max()) + 1)
    code[torch.arange(len(symbols)), symbols] = 1
    return code
