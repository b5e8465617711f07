# pad_batch · replaces the sequences in the caller's list · loses: test_leaves_the_sequences_as_they_are
def pad_batch(sequences):
    lengths = torch.tensor([len(s) for s in sequences])
    for n in range(len(sequences)):
        missing = int(lengths.max()) - len(sequences[n])
        sequences[n] = torch.cat([sequences[n], torch.zeros(missing, sequences[n].shape[1])])
    return torch.stack(sequences, dim=1), lengths
