# label_sequence · the classes are swapped
def label_sequence(symbols):
    half = len(symbols) // 2
    return int(list(symbols[:half]) != list(symbols[half:]))
