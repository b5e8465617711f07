# masked_loss · cross_entropy with the classes in dimension 1
def masked_loss(logits, targets, lengths):
    steps = F.cross_entropy(logits.permute(1, 2, 0), targets.T, reduction="none")  # (N, T)
    valid = torch.arange(len(logits)) < lengths[:, None]
    return torch.masked_select(steps, valid).mean()
