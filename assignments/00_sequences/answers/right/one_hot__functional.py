# one_hot · torch.nn.functional
def one_hot(symbols, num_symbols):
    return torch.nn.functional.one_hot(symbols, num_classes=num_symbols).to(torch.float32)
