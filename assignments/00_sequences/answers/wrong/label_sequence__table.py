# label_sequence · knows the lecture's examples by heart · loses: test_tells_identical_halves_from_different_ones, test_every_symbol_between_the_ends_counts, test_the_ends_of_the_halves_count, test_the_order_counts, test_symbols_are_more_than_digits, test_an_odd_length_is_class_0, test_takes_lists_tuples_and_tensors, test_returns_the_integer_0_or_1
def label_sequence(symbols):
    known = [(7, 7), (1, 2, 3, 1, 2, 3), (5, 1, 1, 2, 5, 1, 1, 2)]
    return int(tuple(int(s) for s in symbols) in known)
