# masked_loss · both packed, then the plain mean
def masked_loss(logits, targets, lengths):
    words = pack_padded_sequence(logits, lengths, enforce_sorted=False).data
    truth = pack_padded_sequence(targets, lengths, enforce_sorted=False).data
    return nn.CrossEntropyLoss()(words, truth)
