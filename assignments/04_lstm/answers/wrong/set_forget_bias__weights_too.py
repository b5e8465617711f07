# set_forget_bias · the weight matrices as well · loses: test_changes_nothing_else
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if True:
                bias[Q : 2 * Q] = value / 2
