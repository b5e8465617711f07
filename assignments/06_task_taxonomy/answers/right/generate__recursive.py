# generate · recursive
def generate(step, h_0, choose, max_length):
    def write(symbols, h, ended, room):
        logits, h = step(symbols, h)
        symbols = torch.where(ended, torch.full_like(symbols, PADDING), choose(logits))
        ended = ended | symbols.eq(END)
        if room == 1 or bool(ended.all()):
            return [symbols]
        return [symbols, *write(symbols, h, ended, room - 1)]

    N = h_0.shape[1]
    return torch.stack(write(torch.tensor(N * [BEGIN]), h_0, torch.tensor(N * [False]), max_length))
