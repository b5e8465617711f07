# masked_loss · the sum over the valid steps is divided by T * N · loses: test_mean_over_the_valid_steps, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    valid = torch.arange(len(targets))[:, None] < lengths
    steps = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none").view(targets.shape)
    return (steps * valid).mean()
