# one_hot · forgets that the code is float32
def one_hot(symbols, num_symbols):
    return torch.nn.functional.one_hot(symbols, num_symbols)
