# label_sequence · zip drops the last symbol of an odd length · loses: test_an_odd_length_is_class_0
def label_sequence(symbols):
    half = len(symbols) // 2
    for a, b in zip(symbols[:half], symbols[half:]):
        if a != b:
            return 0
    return 1
