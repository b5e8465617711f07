# generate · padding up to max_length · loses: test_keeps_the_state_and_reads_what_it_wrote, test_starts_from_begin_and_h_0, test_stops_with_the_end, test_each_sequence_to_its_own_end, test_never_longer_than_max_length, test_lets_choose_choose, test_looks_like_the_targets_of_the_data
def generate(step, h_0, choose, max_length):
    return torch.full((max_length, h_0.shape[1]), PADDING)
