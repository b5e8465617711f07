# measured_field · counts the steps with an influence: holes are missing · loses: test_counts_the_steps_between, test_is_about_the_last_output, test_opposite_signs_do_not_cancel, test_small_influences_count, test_looks_at_every_sequence_and_unit, test_measures_convolutions
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x)[-1].sum(), x)
    return int((gradient.abs().sum((1, 2)) > 0).sum())
