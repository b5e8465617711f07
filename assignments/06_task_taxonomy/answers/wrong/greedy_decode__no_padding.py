# greedy_decode · what the decoder says after END is kept · loses: test_pads_after_each_sequences_own_end
def greedy_decode(step, state, num_sequences, max_length):
    symbols = torch.full((num_sequences,), BEGIN)
    ended = torch.zeros(num_sequences, dtype=torch.bool)
    written = []
    for _ in range(max_length):
        logits, state = step(symbols, state)
        symbols = logits.argmax(1)
        ended = ended | (symbols == END)
        written.append(symbols)
        if ended.all():
            break
    return torch.stack(written)
