# set_forget_bias · only the first layer · loses: test_sets_every_layer
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias") and "_l0" in name:
                bias[Q : 2 * Q] = value / 2
