# label_sequence · compares with the mirror image
def label_sequence(symbols):
    symbols = list(symbols)
    half = len(symbols) // 2
    return int(len(symbols) % 2 == 0 and symbols[:half] == symbols[half:][::-1])
