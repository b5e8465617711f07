# pad_batch · reshapes where it should transpose · loses: test_puts_every_sequence_in_its_place, test_fills_up_with_zeros_to_the_longest, test_returns_a_float32_and_an_int64_tensor, test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    padded = torch.nn.utils.rnn.pad_sequence(sequences, batch_first=True)
    N, T, D = padded.shape
    return padded.reshape(T, N, D), torch.tensor([len(s) for s in sequences])
