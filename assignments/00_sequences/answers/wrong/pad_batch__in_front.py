# pad_batch · pads in front · loses: test_puts_every_sequence_in_its_place, test_fills_up_with_zeros_to_the_longest, test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    T = int(lengths.max())
    padded = torch.zeros(T, len(sequences), sequences[0].shape[1])
    for n, s in enumerate(sequences):
        padded[T - len(s) :, n] = s
    return padded, lengths
