# label_sequence · the halves hold the same symbols, in any order · loses: test_the_order_counts, test_symbols_are_more_than_digits
def label_sequence(symbols):
    symbols = [int(s) for s in symbols]
    half = len(symbols) // 2
    return int(sorted(symbols[:half]) == sorted(symbols[half:]))
