# label_sequence · the digits of all symbols in one string · loses: test_symbols_are_more_than_digits
def label_sequence(symbols):
    s = "".join(str(int(v)) for v in symbols)
    h = len(s) // 2
    return int(s[:h] == s[h:])
