# generate · lists of Python numbers
from torch.nn.utils.rnn import pad_sequence


def generate(step, h_0, choose, max_length):
    texts = [[] for _ in range(h_0.shape[1])]
    last, h = torch.tensor([BEGIN] * len(texts)), h_0
    for _ in range(max_length):
        logits, h = step(last, h)
        last = choose(logits)
        for text, symbol in zip(texts, last.tolist(), strict=True):
            if not text or text[-1] != END:
                text.append(symbol)
        if all(text[-1] == END for text in texts):
            break
    return pad_sequence([torch.tensor(text) for text in texts], padding_value=PADDING)
