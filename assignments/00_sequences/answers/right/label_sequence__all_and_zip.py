# label_sequence · all() over zip()
def halves(s):
    s = [int(v) for v in s]
    return s[: len(s) // 2], s[len(s) // 2 :]


def label_sequence(symbols):
    a, b = halves(symbols)
    return 1 if len(a) == len(b) and all(p == q for p, q in zip(a, b)) else 0
