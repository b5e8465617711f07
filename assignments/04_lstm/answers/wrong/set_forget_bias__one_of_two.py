# set_forget_bias · only bias_ih, with bias_hh left as it is · loses: test_sets_and_does_not_add, test_the_biases_stay_trainable, test_the_sum_of_both_biases_is_the_value
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias_ih"):
                bias[Q : 2 * Q] = value
