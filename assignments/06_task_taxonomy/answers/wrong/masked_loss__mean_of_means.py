# masked_loss · every sentence counts the same, not every word · loses: test_mean_over_the_valid_steps, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    losses = [F.cross_entropy(logits[:length, n], targets[:length, n]) for n, length in enumerate(lengths)]
    return torch.stack(losses).mean()
