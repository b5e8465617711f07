# one_hot · loses the time axis of a sequence of one step
def one_hot(symbols, num_symbols):
    return torch.eye(num_symbols)[symbols].squeeze()
