# pad_batch · batch first · loses: test_puts_every_sequence_in_its_place, test_fills_up_with_zeros_to_the_longest, test_takes_a_batch_of_one_and_sequences_of_one_step, test_returns_a_float32_and_an_int64_tensor, test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    padded = torch.zeros(len(sequences), int(lengths.max()), sequences[0].shape[1])
    for n, s in enumerate(sequences):
        padded[n, : len(s)] = s
    return padded, lengths
