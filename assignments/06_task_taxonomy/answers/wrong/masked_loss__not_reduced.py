# masked_loss · one loss for every valid step · loses: test_loss_of_equal_lengths, test_mean_over_the_valid_steps, test_counts_class_zero, test_padding_gets_no_gradient, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    valid = torch.arange(len(targets))[:, None] < lengths
    return F.cross_entropy(logits[valid], targets[valid], reduction="none")
