# generate · writes on, and replaces what follows an END afterwards
def generate(step, h_0, choose, max_length):
    symbols, h, rows = h_0.new_full((h_0.shape[1],), BEGIN, dtype=torch.int64), h_0, []
    for _ in range(max_length):
        logits, h = step(symbols, h)
        symbols = choose(logits)
        rows.append(symbols)
        if all(any(row[n] == END for row in rows) for n in range(len(symbols))):
            break
    written = torch.stack(rows)
    is_end = written == END
    return written.where(is_end.cumsum(0) - is_end.long() == 0, torch.tensor(PADDING))
