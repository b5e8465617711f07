# one_hot · comes out of numpy as float64
def one_hot(symbols, num_symbols):
    import numpy as np

    return torch.from_numpy(np.eye(num_symbols)[symbols.numpy()])
