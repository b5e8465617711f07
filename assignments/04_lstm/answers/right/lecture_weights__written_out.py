# lecture_weights · twelve names unpacked
def lecture_weights(weight_ih, weight_hh, bias_ih, bias_hh):
    W_xi, W_xf, W_xc, W_xo = weight_ih.chunk(4)
    W_hi, W_hf, W_hc, W_ho = weight_hh.chunk(4)
    b_i, b_f, b_c, b_o = torch.add(bias_ih, bias_hh).chunk(4)
    return dict(
        W_xf=W_xf, W_hf=W_hf, b_f=b_f,
        W_xi=W_xi, W_hi=W_hi, b_i=b_i,
        W_xo=W_xo, W_ho=W_ho, b_o=b_o,
        W_xc=W_xc, W_hc=W_hc, b_c=b_c,
    )
