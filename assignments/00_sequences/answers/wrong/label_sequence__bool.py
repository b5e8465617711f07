# label_sequence · returns True and False
def label_sequence(symbols):
    half = len(symbols) // 2
    return list(symbols[:half]) == list(symbols[half:])
