# greedy_decode · decodes on and cleans up afterwards
def greedy_decode(step, state, num_sequences, max_length):
    rows = [torch.full((num_sequences,), BEGIN, dtype=torch.long)]
    for _ in range(max_length):
        logits, state = step(rows[-1], state)
        rows.append(torch.argmax(logits, dim=1))
        if bool((torch.stack(rows) == END).any(0).all()):
            break
    out = torch.stack(rows[1:])
    is_end = (out == END).long()
    behind = is_end.cumsum(0) - is_end
    return out * (behind == 0)
