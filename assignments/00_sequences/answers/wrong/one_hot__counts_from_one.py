# one_hot · takes symbols for 1..D · loses: test_puts_a_one_in_each_symbols_column, test_is_as_wide_as_the_set_of_symbols, test_keeps_the_time_axis_of_a_single_step
def one_hot(symbols, num_symbols):
    code = torch.zeros(len(symbols), num_symbols)
    for t in range(len(symbols)):
        code[t, symbols[t] - 1] = 1
    return code
