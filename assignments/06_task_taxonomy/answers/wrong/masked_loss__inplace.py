# masked_loss · writes -100 into targets · loses: test_leaves_its_arguments_alone
def masked_loss(logits, targets, lengths):
    targets[torch.arange(len(logits))[:, None] >= lengths] = -100
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())
