# sample_symbol · one uniform number for all rows · loses: test_temperature_one_draws_from_the_softmax, test_temperature_sharpens_and_flattens, test_rows_are_drawn_each_for_itself
def sample_symbol(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    cumulated = (logits / temperature).softmax(-1).cumsum(-1)
    u = torch.rand((), generator=generator) * 0.999
    return (cumulated < u).sum(-1)
