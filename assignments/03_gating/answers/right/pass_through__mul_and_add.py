# pass_through · torch functions by name
def pass_through(z, h_prev, h_bar):
    kept = torch.mul(z, h_prev)
    new = torch.mul(torch.ones_like(z) - z, h_bar)
    return torch.add(kept, new)
