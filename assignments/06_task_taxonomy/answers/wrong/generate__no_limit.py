# generate · has no limit · loses: test_never_longer_than_max_length
def generate(step, h_0, choose, max_length):
    N = h_0.shape[1]
    symbols, h = torch.full((N,), BEGIN), h_0
    ended = torch.zeros(N, dtype=torch.bool)
    written = []
    while True and not ended.all():
        logits, h = step(symbols, h)
        symbols = choose(logits).masked_fill(ended, PADDING)
        written.append(symbols)
        ended = ended | (symbols == END)
    return torch.stack(written)
