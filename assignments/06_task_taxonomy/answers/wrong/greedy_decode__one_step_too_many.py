# greedy_decode · goes on for one step after max_length · loses: test_stops_at_the_maximal_length
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    written = []
    for _ in range(max_length + 1):
        logits, state = step(symbols, state)
        symbols = logits.argmax(1).masked_fill(ended, PADDING)
        ended = ended | (symbols == END)
        written.append(symbols)
        if ended.all():
            break
    return torch.stack(written)
