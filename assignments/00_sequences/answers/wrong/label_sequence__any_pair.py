# label_sequence · one equal pair is enough · loses: test_every_symbol_between_the_ends_counts, test_the_ends_of_the_halves_count, test_the_order_counts, test_takes_lists_tuples_and_tensors, test_returns_the_integer_0_or_1
def label_sequence(symbols):
    half = len(symbols) // 2
    if len(symbols) % 2:
        return 0
    for i in range(half):
        if symbols[i] == symbols[half + i]:
            return 1
    return 0
