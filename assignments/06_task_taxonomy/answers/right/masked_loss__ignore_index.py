# masked_loss · padded targets become -100, which cross_entropy leaves out
def masked_loss(logits, targets, lengths):
    beyond = torch.arange(targets.size(0)).view(-1, 1) >= lengths.view(1, -1)
    return F.cross_entropy(logits.flatten(0, 1), targets.masked_fill(beyond, -100).flatten())
