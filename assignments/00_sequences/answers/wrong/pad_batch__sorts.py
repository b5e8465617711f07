# pad_batch · sorts the batch by length · loses: test_puts_every_sequence_in_its_place, test_fills_up_with_zeros_to_the_longest, test_returns_the_lengths_before_padding, test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    ordered = sorted(sequences, key=len, reverse=True)
    return torch.nn.utils.rnn.pad_sequence(ordered), torch.tensor([len(s) for s in ordered])
