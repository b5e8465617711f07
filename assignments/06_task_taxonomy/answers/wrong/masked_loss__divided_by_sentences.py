# masked_loss · the sum divided by N · loses: test_loss_of_equal_lengths, test_mean_over_the_valid_steps, test_counts_class_zero, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    valid = torch.arange(len(targets))[:, None] < lengths
    return F.cross_entropy(logits[valid], targets[valid], reduction="sum") / len(lengths)
