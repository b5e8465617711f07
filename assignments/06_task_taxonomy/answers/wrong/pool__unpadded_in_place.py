# pool · torch's unpad_sequence, which turns the caller's states round · loses: test_the_gradient_goes_to_the_sequences_and_not_to_the_padding, test_the_input_stays_as_it_was
from torch.nn.utils.rnn import unpad_sequence

WAYS = {"last": lambda own: own[-1], "mean": lambda own: own.mean(0), "max": lambda own: own.amax(0)}


def pool(states, lengths, how):
    return torch.stack([WAYS[how](own) for own in unpad_sequence(states, lengths)])
