# label_sequence · tensors become lists, then the first half is repeated
def label_sequence(symbols):
    if isinstance(symbols, torch.Tensor):
        symbols = symbols.tolist()
    symbols = list(symbols)
    n = len(symbols) // 2
    if symbols == symbols[:n] * 2:
        return 1
    return 0
