# label_sequence · works on lists and tuples, not on tensors
def label_sequence(symbols):
    half = len(symbols) // 2
    if symbols[:half] == symbols[half:]:
        return 1
    return 0
