# one_hot · comes out of numpy as float64 · loses: test_is_a_float32_tensor
def one_hot(symbols, num_symbols):
    import numpy as np

    return torch.from_numpy(np.eye(num_symbols)[symbols.numpy()])
