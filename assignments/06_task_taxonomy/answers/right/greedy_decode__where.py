# greedy_decode · where
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    written = []
    while len(written) < max_length and not ended.all():
        logits, state = step(symbols, state)
        symbols = torch.where(ended, PADDING, logits.argmax(-1))
        ended = ended | (symbols == END)
        written.append(symbols)
    return torch.stack(written)
