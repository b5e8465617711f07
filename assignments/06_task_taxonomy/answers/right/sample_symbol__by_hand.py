# sample_symbol · row by row, with a softmax by hand
def sample_symbol(logits, temperature, generator):
    def one(row):
        if temperature == 0:
            return int(row.argmax())
        weights = ((row - row.max()) / temperature).exp()
        return int(torch.multinomial(weights, 1, generator=generator))

    if logits.dim() == 1:
        return torch.tensor(one(logits))
    return torch.tensor([one(row) for row in logits])
