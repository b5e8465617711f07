"""Lesson 06, translation."""

import torch
from torch import nn

from rnncourse.datasets import number_words
from rnncourse.datasets.core import END
from rnncourse.figures import translation
from rnncourse.recurrent_core import RecurrentCore
from rnncourse.widgets.translation import explore_decoder

WORDS = ["nine", "hundred", "and", "ninety", "nine", "thousand", "nine", "hundred", "and", "ninety", "nine"]
LETTERS = "neunhundertneunundneunzigtausendneunhundertneunundneunzig"

FIGURES = {
    "encoder-decoder": translation.plot_encoder_decoder,
    "exact by length": lambda: translation.plot_exact_by_length(
        {"one state": {1: 1.0, 5: 0.5, 11: 0.0}, "attention": {1: 1.0, 5: 1.0, 11: 0.9}},
        "English words",
        {1: 4, 5: 300, 11: 290},
    ),
    "attention": lambda: translation.plot_attention(
        torch.eye(len(WORDS))[torch.arange(len(LETTERS) + 1) * len(WORDS) // (len(LETTERS) + 1)],
        WORDS,
        [*LETTERS, "."],
    ),
    "after the first error": lambda: translation.plot_after_the_first_error(
        {"fed the right symbols": [0.9] * 15, "fed its own symbols": [1 / k for k in range(1, 16)]}
    ),
    "decoder's step": lambda: translation.plot_decoder_step({"a": 0.9, "b": 0.1}, "a"),
    "decoder's step, attention": lambda: translation.plot_decoder_step(
        {symbol: 0.14 for symbol in ["a", "b", "c", "d", "␣", "<end>", "<unknown>"]}, "a", (WORDS, [1 / 11] * 11)
    ),
}
DRAWINGS = {"encoder-decoder"}


class Untrained(nn.Module):
    """Reads a source and looks everywhere alike."""

    def __init__(self, num_source: int, num_target: int) -> None:
        super().__init__()
        self.reader = RecurrentCore(8, num_symbols=num_source)
        self.writer = RecurrentCore(8, num_symbols=num_target)
        self.fc = nn.Linear(8, num_target)

    def forward(self, source, lengths, decoder_inputs):
        return self.fc(self.writer(decoder_inputs, self.reader(source)[1])[0])

    def attention(self, source, lengths, decoder_inputs):
        return torch.full((len(decoder_inputs), source.shape[1], len(source)), 1 / len(source))


def explore_untrained_decoder():
    torch.manual_seed(0)
    data = number_words.load()
    net = Untrained(len(data.input_vocabulary), len(data.target_vocabulary))

    def always_the_same(net, source, lengths):
        return data.target_vocabulary.encode("zwei")[:, None] if len(source) == 1 else torch.tensor([[6], [7], [END]])

    return explore_decoder(net, data, number_words.symbols, always_the_same, "twenty-one")


EXPLORERS = {explore_untrained_decoder: {"English": "three hundred <b>", "Step": 3}}

UNSEEN: set[str] = set()
SENTENCES = [
    ("greedy_decode__never_stops_early", "stops when all sequences have ended"),
    ("greedy_decode__no_limit", "does the loop stop at max_length"),
    ("greedy_decode__forgets_the_state", "does each step get the state that the step before returned"),
    ("Translator__after_the_padding", "right for the longest source and not for all"),
    ("Translator__old_state", "one input at a time"),
    ("Translator__detached", "no gradient reach encoder"),
]
