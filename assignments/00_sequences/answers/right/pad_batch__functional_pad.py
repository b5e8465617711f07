# pad_batch · batch first, then transposed
def pad_batch(sequences):
    lengths = torch.LongTensor([s.size(0) for s in sequences])
    longest = lengths.max().item()
    rows = [torch.nn.functional.pad(s, (0, 0, 0, longest - s.size(0))) for s in sequences]
    return torch.stack(rows).transpose(0, 1), lengths
