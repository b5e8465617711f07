# set_forget_bias · the biases no longer train · loses: test_the_biases_stay_trainable
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    with torch.no_grad():
        for name, bias in lstm.named_parameters():
            if name.startswith("bias"):
                bias.requires_grad_(False)
                bias[Q : 2 * Q] = value / 2
