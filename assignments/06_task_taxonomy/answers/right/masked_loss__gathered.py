# masked_loss · minus the logarithm of the probability of each target, where it is valid
def masked_loss(logits, targets, lengths):
    log_p = torch.log_softmax(logits, dim=2).gather(2, targets[:, :, None])[:, :, 0]
    inside = torch.stack([torch.arange(len(logits)) < length for length in lengths], dim=1)
    return -torch.where(inside, log_p, 0.0).sum() / inside.sum()
