# label_sequence · compares the first pair only · loses: test_every_symbol_between_the_ends_counts, test_the_ends_of_the_halves_count
def label_sequence(symbols):
    half = len(symbols) // 2
    if len(symbols) % 2:
        return 0
    return int(symbols[0] == symbols[half])
