# label_sequence · one equal pair is enough
def label_sequence(symbols):
    half = len(symbols) // 2
    if len(symbols) % 2:
        return 0
    for i in range(half):
        if symbols[i] == symbols[half + i]:
            return 1
    return 0
