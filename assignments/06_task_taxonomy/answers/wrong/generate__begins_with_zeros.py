# generate · the first state is zero · loses: test_keeps_the_state_and_reads_what_it_wrote, test_starts_from_begin_and_h_0
def generate(step, h_0, choose, max_length):
    N = h_0.shape[1]
    symbols, h = torch.full((N,), BEGIN), torch.zeros_like(h_0)
    ended = torch.zeros(N, dtype=torch.bool)
    written = []
    while len(written) < max_length and not ended.all():
        logits, h = step(symbols, h)
        symbols = choose(logits).masked_fill(ended, PADDING)
        written.append(symbols)
        ended = ended | (symbols == END)
    return torch.stack(written)
