# masked_loss · as if the padding came before the words · loses: test_mean_over_the_valid_steps, test_ignores_what_the_padding_holds, test_padding_gets_no_gradient, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    valid = torch.arange(len(targets))[:, None] >= len(targets) - lengths
    return F.cross_entropy(logits[valid], targets[valid])
