# lstm_step · einsum, sigmoid written out as a tanh
def sigm(a):
    return (1 + torch.tanh(a / 2)) / 2


def lstm_step(x_t, h_prev, c_prev, weights):
    def gate(letter, squash):
        from_x = torch.einsum("nd,qd->nq", x_t, weights["W_x" + letter])
        from_h = torch.einsum("np,qp->nq", h_prev, weights["W_h" + letter])
        return squash(from_x + from_h + weights["b_" + letter])

    c_t = gate("f", sigm) * c_prev + gate("i", sigm) * gate("c", torch.tanh)
    return gate("o", sigm) * torch.tanh(c_t), c_t
