# half_life · one element after the other
def half_life_of_one(z):
    if z == 0:
        return 0.0
    if z == 1:
        return math.inf
    return math.log(0.5) / math.log(z)


def half_life(z):
    return torch.tensor([half_life_of_one(value) for value in z.flatten().tolist()]).reshape(z.shape)
