# set_forget_bias · the value in both biases · loses: test_the_sum_of_both_biases_is_the_value
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias"):
                bias[Q : 2 * Q] = value
