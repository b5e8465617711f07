# pool · one sequence after the other
def pool(states, lengths, how):
    pooled = []
    for n in range(states.shape[1]):
        own = states[: lengths[n], n]
        if how == "last":
            pooled.append(own[-1])
        elif how == "mean":
            pooled.append(own.mean(dim=0))
        else:
            pooled.append(own.max(dim=0)[0])
    return torch.stack(pooled)
