# teacher_forced_inputs · never reads END: what the inputs hold after a sequence's end does not matter
def teacher_forced_inputs(targets):
    begin = targets.new_full((1, targets.shape[1]), BEGIN)
    inputs = torch.cat((begin, targets[:-1]), dim=0)
    return inputs.masked_fill(targets == PADDING, PADDING)
