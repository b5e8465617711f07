# half_life · rounded to whole steps · loses: test_is_not_rounded, test_stays_right_close_to_1
def half_life(z):
    return torch.round(math.log(2) / torch.log(z).abs())
