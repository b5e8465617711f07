# greedy_decode · python lists
def greedy_decode(step, state, num_sequences, max_length):
    sentences = [[] for _ in range(num_sequences)]
    last = [BEGIN] * num_sequences
    for _ in range(max_length):
        logits, state = step(torch.tensor(last), state)
        last = logits.argmax(1).tolist()
        for sentence, symbol in zip(sentences, last):
            if not sentence or sentence[-1] not in (END, PADDING):
                sentence.append(symbol)
            else:
                sentence.append(PADDING)
        if all(END in sentence for sentence in sentences):
            break
    return torch.tensor(sentences).T
