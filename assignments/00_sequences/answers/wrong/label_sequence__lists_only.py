# label_sequence · works on lists and tuples, not on tensors · loses: test_takes_lists_tuples_and_tensors
def label_sequence(symbols):
    half = len(symbols) // 2
    if symbols[:half] == symbols[half:]:
        return 1
    return 0
