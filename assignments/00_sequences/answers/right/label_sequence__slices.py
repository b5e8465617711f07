# label_sequence · two slices compared as lists
def label_sequence(symbols):
    half, odd = divmod(len(symbols), 2)
    return int(not odd and list(symbols[:half]) == list(symbols[half:]))
