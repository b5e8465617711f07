# generate · stops a step after END · loses: test_stops_with_the_end, test_each_sequence_to_its_own_end, test_looks_like_the_targets_of_the_data
def generate(step, h_0, choose, max_length):
    N = h_0.shape[1]
    symbols, h, written = torch.full((N,), BEGIN), h_0, []
    for _ in range(max_length):
        logits, h = step(symbols, h)
        done = len(written) > 0 and bool((torch.stack(written) == END).any(0).all())
        symbols = choose(logits)
        written.append(symbols)
        if done:
            break
    return torch.stack(written)
