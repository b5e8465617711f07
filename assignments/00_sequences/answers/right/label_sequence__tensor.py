# label_sequence · everything as a tensor
def label_sequence(symbols):
    x = torch.as_tensor(symbols)
    T = x.shape[0]
    if T % 2:
        return 0
    first, second = x.view(2, T // 2)
    return int(torch.equal(first, second))
