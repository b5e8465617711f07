# half_life · the two ends by hand
def half_life(z):
    steps = math.log(0.5) / torch.log(z)
    steps = torch.where(z == 1, torch.full_like(z, math.inf), steps)
    return torch.where(z == 0, torch.zeros_like(z), steps)
