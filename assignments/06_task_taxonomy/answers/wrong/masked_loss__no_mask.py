# masked_loss · all steps count · loses: test_mean_over_the_valid_steps, test_ignores_what_the_padding_holds, test_padding_gets_no_gradient, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())
