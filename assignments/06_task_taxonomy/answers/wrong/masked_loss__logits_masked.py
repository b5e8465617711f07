# masked_loss · the logits of padded steps are set to zero, and their loss of ln C counts · loses: test_mean_over_the_valid_steps, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    valid = torch.arange(len(targets))[:, None] < lengths
    masked = logits * valid[:, :, None]
    return F.cross_entropy(masked.flatten(0, 1), (targets * valid).flatten())
