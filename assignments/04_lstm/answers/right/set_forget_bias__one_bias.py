# set_forget_bias · all of it in one bias, the other at zero
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    for name, parameter in lstm.named_parameters():
        if name.startswith("bias_ih"):
            parameter.data[Q : 2 * Q].fill_(value)
        elif name.startswith("bias_hh"):
            parameter.data[Q : 2 * Q].zero_()
