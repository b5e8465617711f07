# greedy_decode · draws from the probabilities · loses: test_starts_at_begin, test_feeds_back_its_own_symbols, test_takes_any_state
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    written = []
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = torch.multinomial(logits.softmax(1), 1)[:, 0].masked_fill(ended, PADDING)
        ended = ended | (symbols == END)
        written.append(symbols)
        if ended.all():
            break
    return torch.stack(written)
