# one_hot · forgets that the code is float32 · loses: test_is_a_float32_tensor
def one_hot(symbols, num_symbols):
    return torch.nn.functional.one_hot(symbols, num_symbols)
