# set_forget_bias · sets a copy · loses: test_changes_nothing_else, test_sets_and_does_not_add, test_sets_both_directions, test_sets_every_layer, test_the_biases_stay_trainable, test_the_sum_of_both_biases_is_the_value
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias"):
                bias = bias.clone()
                bias[Q : 2 * Q] = value / 2
