# pool · turned round first, with the package's helper for the last state
from rnncourse.tasks import last_valid


def mask_of(lengths, T):
    return torch.stack([torch.arange(T) < length for length in lengths])


def pool(states, lengths, how):
    if how == "last":
        return last_valid(states, lengths)
    h = states.permute(1, 0, 2)
    mask = mask_of(lengths, h.shape[1])[:, :, None]
    if how == "mean":
        return (h * mask).sum(1) / mask.sum(1)
    lowest = torch.finfo(h.dtype).min
    return h.masked_fill(~mask, lowest).max(1)[0]
