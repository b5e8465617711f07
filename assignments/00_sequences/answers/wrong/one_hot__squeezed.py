# one_hot · loses the time axis of a sequence of one step · loses: test_keeps_the_time_axis_of_a_single_step
def one_hot(symbols, num_symbols):
    return torch.eye(num_symbols)[symbols].squeeze()
