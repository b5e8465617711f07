# label_sequence · returns True and False · loses: test_returns_the_integer_0_or_1
def label_sequence(symbols):
    half = len(symbols) // 2
    return list(symbols[:half]) == list(symbols[half:])
