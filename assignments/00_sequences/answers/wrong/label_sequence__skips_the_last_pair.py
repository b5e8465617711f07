# label_sequence · the loop stops one pair early
def label_sequence(symbols):
    if len(symbols) % 2:
        return 0
    half = len(symbols) // 2
    for i in range(half - 1):
        if symbols[i] != symbols[half + i]:
            return 0
    return 1
