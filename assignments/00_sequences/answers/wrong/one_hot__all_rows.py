# one_hot · sets the symbols' columns in every row · loses: test_puts_a_one_in_each_symbols_column, test_is_as_wide_as_the_set_of_symbols
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    code[:, symbols] = 1
    return code
