# count_parameters · a module without memory
def count_parameters(kind, D, Q, L, bidirectional=False):
    with torch.device("meta"):
        layer = getattr(nn, kind.upper())(D, Q, num_layers=L, bidirectional=bidirectional)
    return sum(p.numel() for p in layer.parameters())
