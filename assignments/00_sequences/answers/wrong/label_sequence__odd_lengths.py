# label_sequence · drops the middle symbol of an odd length · loses: test_an_odd_length_is_class_0
def label_sequence(symbols):
    symbols = list(symbols)
    half = len(symbols) // 2
    return int(symbols[:half] == symbols[len(symbols) - half :])
