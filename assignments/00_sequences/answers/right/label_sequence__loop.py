# label_sequence · a loop over pairs
def label_sequence(symbols):
    if len(symbols) % 2 == 1:
        return 0
    middle = len(symbols) // 2
    for i in range(middle):
        if symbols[i] != symbols[middle + i]:
            return 0
    return 1
