# greedy_decode · writes into a table and cuts it
def greedy_decode(step, state, num_sequences, max_length):
    table = torch.full((max_length, num_sequences), PADDING)
    going = torch.ones(num_sequences, dtype=torch.bool)
    fed = torch.full((num_sequences,), BEGIN)
    for t in range(max_length):
        logits, state = step(fed, state)
        fed = logits.max(1).indices
        table[t, going] = fed[going]
        going &= fed != END
        if not going.any():
            return table[: t + 1]
    return table
