# masked_loss · cut to the shortest sentence · loses: test_mean_over_the_valid_steps, test_padding_gets_no_gradient, test_gradient_of_the_valid_steps
def masked_loss(logits, targets, lengths):
    T = lengths.min()
    return F.cross_entropy(logits[:T].flatten(0, 1), targets[:T].flatten())
