# set_forget_bias · the other biases become zero · loses: test_changes_nothing_else
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias"):
                bias.zero_()
                bias[Q : 2 * Q] = value / 2
