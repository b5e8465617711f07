# set_forget_bias · chunks of all_weights
def set_forget_bias(lstm, value):
    with torch.no_grad():
        for _, _, bias_ih, bias_hh in lstm.all_weights:
            i, f, g, o = bias_ih.chunk(4)
            f.fill_(value)
            bias_hh.chunk(4)[1].fill_(0.0)
