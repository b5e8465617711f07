# one_hot · rows of the identity matrix
def one_hot(symbols, num_symbols):
    return torch.eye(num_symbols)[symbols]
