# label_sequence · works on tensors only · loses: test_takes_lists_tuples_and_tensors
def label_sequence(symbols):
    T = symbols.shape[0]
    if T % 2 == 1:
        return 0
    return int((symbols[: T // 2] == symbols[T // 2 :]).all())
