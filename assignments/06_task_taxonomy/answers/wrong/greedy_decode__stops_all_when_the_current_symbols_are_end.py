# greedy_decode · waits until all write END in the same step · loses: test_pads_after_each_sequences_own_end, test_stops_when_all_have_ended
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    written = []
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = logits.argmax(1)
        written.append(symbols)
        if (symbols == END).all():
            break
    return torch.stack(written)
