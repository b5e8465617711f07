# set_forget_bias · new parameters in the places of the old · loses: test_the_biases_stay_trainable
@torch.no_grad()
def set_forget_bias(lstm, value):
    Q = lstm.hidden_size
    for name, p in list(lstm.named_parameters()):
        if "bias" in name:
            new = p.clone(); new[Q:2*Q] = value / 2
            setattr(lstm, name, nn.Parameter(new))
