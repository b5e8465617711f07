# pad_batch · takes the first sequence for the longest · loses: test_puts_every_sequence_in_its_place, test_fills_up_with_zeros_to_the_longest, test_returns_the_lengths_before_padding, test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    T = len(sequences[0])
    rows = [torch.cat([s, torch.zeros(T - len(s), s.shape[1])]) for s in sequences]
    return torch.stack(rows, dim=1), torch.tensor([len(s) for s in sequences])
