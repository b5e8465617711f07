# measured_field · looks at all outputs, not only at the last one · loses: test_one_step_and_all_steps, test_counts_the_steps_between, test_is_about_the_last_output, test_opposite_signs_do_not_cancel, test_small_influences_count, test_looks_at_every_sequence_and_unit, test_measures_convolutions, test_measures_again_with_the_same_inputs
def measured_field(net, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(net(x).sum(), x)
    reached = gradient.abs().sum((1, 2)).nonzero()
    return len(x) - int(reached[0])
