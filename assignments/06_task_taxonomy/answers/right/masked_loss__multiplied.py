# masked_loss · every step's loss times the mask, divided by the number of words
def masked_loss(logits, targets, lengths):
    T, N, C = logits.shape
    steps = F.cross_entropy(logits.reshape(T * N, C), targets.reshape(T * N), reduction="none").reshape(T, N)
    mask = (torch.arange(T).unsqueeze(1) < lengths.unsqueeze(0)).float()
    return (steps * mask).sum() / mask.sum()
