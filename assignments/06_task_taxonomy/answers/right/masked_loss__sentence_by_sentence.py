# masked_loss · a loop over the sentences
def masked_loss(logits, targets, lengths):
    total = 0.0
    for n in range(len(lengths)):
        length = int(lengths[n])
        total = total + F.cross_entropy(logits[:length, n], targets[:length, n], reduction="sum")
    return total / lengths.sum()
