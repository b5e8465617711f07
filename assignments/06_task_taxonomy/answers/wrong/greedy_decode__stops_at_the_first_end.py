# greedy_decode · the first sequence that ends stops them all · loses: test_pads_after_each_sequences_own_end, test_stops_when_all_have_ended
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    written = []
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = logits.argmax(1).masked_fill(ended, PADDING)
        ended = ended | (symbols == END)
        written.append(symbols)
        if ended.any():
            break
    return torch.stack(written)
