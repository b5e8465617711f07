# one_hot · symbols are rows, steps are columns · loses: test_puts_a_one_in_each_symbols_column, test_is_as_wide_as_the_set_of_symbols, test_keeps_the_time_axis_of_a_single_step
def one_hot(symbols, num_symbols):
    code = torch.zeros(num_symbols, len(symbols))
    for t, s in enumerate(symbols):
        code[s, t] = 1
    return code
