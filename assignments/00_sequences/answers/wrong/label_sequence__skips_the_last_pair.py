# label_sequence · the loop stops one pair early · loses: test_tells_identical_halves_from_different_ones, test_the_ends_of_the_halves_count
def label_sequence(symbols):
    if len(symbols) % 2:
        return 0
    half = len(symbols) // 2
    for i in range(half - 1):
        if symbols[i] != symbols[half + i]:
            return 0
    return 1
