# pad_batch · cuts to the shortest · loses: test_puts_every_sequence_in_its_place, test_fills_up_with_zeros_to_the_longest, test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    T = min(len(s) for s in sequences)
    return torch.stack([s[:T] for s in sequences], dim=1), torch.tensor([len(s) for s in sequences])
