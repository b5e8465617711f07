# greedy_decode · recursion
def greedy_decode(step, state, num_sequences, max_length):
    def rest(fed, state, ended, left):
        if left == 0 or ended.all():
            return []
        logits, state = step(fed, state)
        new = logits.softmax(1).argmax(1)
        new = new.masked_fill(ended, PADDING)
        return [new] + rest(new, state, ended | new.eq(END), left - 1)

    begin = torch.tensor([BEGIN] * num_sequences)
    return torch.stack(rest(begin, state, torch.zeros(num_sequences).bool(), max_length))
