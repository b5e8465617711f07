# one_hot · compared with every symbol at once
def one_hot(symbols, num_symbols):
    alphabet = torch.arange(num_symbols)
    return (symbols[:, None] == alphabet[None, :]).float()
