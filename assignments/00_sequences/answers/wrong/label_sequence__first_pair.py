# label_sequence · compares the first pair only
def label_sequence(symbols):
    half = len(symbols) // 2
    if len(symbols) % 2:
        return 0
    return int(symbols[0] == symbols[half])
