# pad_batch · repeats the last step · loses: test_fills_up_with_zeros_to_the_longest
def pad_batch(sequences):
    T = max(len(s) for s in sequences)
    rows = [torch.cat([s, s[-1:].expand(T - len(s), -1)]) for s in sequences]
    return torch.stack(rows, dim=1), torch.tensor([len(s) for s in sequences])
