# label_sequence · returns a tensor instead of a number · loses: test_returns_the_integer_0_or_1
def label_sequence(symbols):
    symbols = torch.as_tensor(symbols)
    half = len(symbols) // 2
    if len(symbols) % 2:
        return torch.tensor(0)
    return (symbols[:half] == symbols[half:]).all().long()
