# pad_batch · forgets to return the lengths · loses: test_returns_the_lengths_before_padding, test_takes_a_batch_of_one_and_sequences_of_one_step, test_returns_a_float32_and_an_int64_tensor
def pad_batch(sequences):
    return torch.nn.utils.rnn.pad_sequence(sequences)
