# set_forget_bias · the rows of the update · loses: test_the_sum_of_both_biases_is_the_value, test_changes_nothing_else, test_sets_and_does_not_add, test_the_biases_stay_trainable
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias"):
                bias[2 * Q : 3 * Q] = value / 2
