# greedy_decode · the given state is replaced by zeros · loses: test_keeps_the_state, test_takes_any_state
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    state = torch.zeros(1, num_sequences, 1)
    written = []
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = logits.argmax(1).masked_fill(ended, PADDING)
        ended = ended | (symbols == END)
        written.append(symbols)
        if ended.all():
            break
    return torch.stack(written)
