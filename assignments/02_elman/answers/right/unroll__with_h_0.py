# unroll · h_0 in front, so that no 1 is subtracted
def unroll(phi, x, lengths, h_0):
    hs = [h_0]
    for t in range(len(x)):
        hs.append(phi(x[t], hs[t]))
    hs = torch.stack(hs)
    return hs[1:], hs[lengths, torch.arange(x.shape[1])]
