# set_forget_bias · names made from layer and direction
@torch.no_grad()
def set_forget_bias(lstm, value):
    n = lstm.hidden_size
    for layer in range(lstm.num_layers):
        for suffix in ("", "_reverse") if lstm.bidirectional else ("",):
            bias_ih = getattr(lstm, f"bias_ih_l{layer}{suffix}")
            bias_hh = getattr(lstm, f"bias_hh_l{layer}{suffix}")
            bias_ih[n : 2 * n] = value - bias_hh[n : 2 * n]
