# greedy_decode · BEGIN is part of what it returns · loses: test_starts_at_begin, test_pads_after_each_sequences_own_end, test_an_end_at_once, test_stops_at_the_maximal_length, test_stops_when_all_have_ended
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    written = []
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = logits.argmax(1).masked_fill(ended, PADDING)
        ended = ended | (symbols == END)
        written.append(symbols)
        if ended.all():
            break
    return torch.stack([torch.full((num_sequences,), BEGIN), *written])
