# one_hot · ones up to the symbol
def one_hot(symbols, num_symbols):
    return (torch.arange(num_symbols) <= symbols[:, None]).float()
