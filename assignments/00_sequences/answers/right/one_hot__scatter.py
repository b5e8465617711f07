# one_hot · scatter
def one_hot(symbols, num_symbols):
    T = symbols.size(0)
    out = torch.zeros((T, num_symbols), dtype=torch.float32)
    out.scatter_(1, symbols.view(T, 1), 1.0)
    return out
