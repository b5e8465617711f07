# one_hot · a list of lists · loses: test_is_a_float32_tensor
def one_hot(symbols, num_symbols):
    return [[1.0 if s == d else 0.0 for d in range(num_symbols)] for s in symbols]
