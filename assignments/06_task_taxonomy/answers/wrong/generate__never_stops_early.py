# generate · writes max_length symbols, whatever it writes · loses: test_stops_with_the_end, test_looks_like_the_targets_of_the_data
def generate(step, h_0, choose, max_length):
    N = h_0.shape[1]
    symbols, h = torch.full((N,), BEGIN), h_0
    ended = torch.zeros(N, dtype=torch.bool)
    written = []
    while len(written) < max_length and True:
        logits, h = step(symbols, h)
        symbols = choose(logits).masked_fill(ended, PADDING)
        written.append(symbols)
        ended = ended | (symbols == END)
    return torch.stack(written)
