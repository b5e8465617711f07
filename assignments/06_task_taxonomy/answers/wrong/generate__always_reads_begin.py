# generate · every step reads BEGIN · loses: test_keeps_the_state_and_reads_what_it_wrote
def generate(step, h_0, choose, max_length):
    N = h_0.shape[1]
    symbols, h = torch.full((N,), BEGIN), h_0
    ended = torch.zeros(N, dtype=torch.bool)
    written = []
    while len(written) < max_length and not ended.all():
        logits, h = step(torch.full((N,), BEGIN), h)
        symbols = choose(logits).masked_fill(ended, PADDING)
        written.append(symbols)
        ended = ended | (symbols == END)
    return torch.stack(written)
