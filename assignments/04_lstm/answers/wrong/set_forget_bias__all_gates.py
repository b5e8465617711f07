# set_forget_bias · the biases of all gates · loses: test_changes_nothing_else
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias"):
                bias.fill_(value / 2)
