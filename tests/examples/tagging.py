"""Lesson 06, tagging."""

import torch
from torch import nn

from rnncourse.datasets import tagged_news
from rnncourse.figures import tagging
from rnncourse.recurrent_core import RecurrentCore
from rnncourse.widgets.tagging import explore_tags

TAGS = ("NOUN", "VERB", "ADP", "DET")
SHARES = {"to": {"PRT": 0.6, "ADP": 0.4}, "that": {"ADP": 0.7, "DET": 0.2, "PRON": 0.1}}
GROUPS = ("all words", "to", "that")
RUNS = [{group: 0.9 + 0.01 * run for group in GROUPS} for run in range(3)]

FIGURES = {
    "tags of words": lambda: tagging.plot_tags_of_words(SHARES),
    "gradients of steps": lambda: tagging.plot_gradients_of_steps(
        {"all": torch.rand(50, 6), "valid": torch.rand(50, 6)}
    ),
    "accuracy by word": lambda: tagging.plot_accuracy_by_word(
        {"GRU, both directions": RUNS, "GRU, causal": RUNS}, dict.fromkeys(GROUPS, 0.7)
    ),
    "confusions": lambda: tagging.plot_confusions(torch.arange(16).reshape(4, 4), TAGS),
    "tagged sentence": lambda: tagging.plot_tagged_sentence(
        ["they", "want", "to", "go"], torch.eye(4)[[0, 1, 2, 1]], TAGS, 6
    ),
}


class Untrained(nn.Module):
    def __init__(self, num_symbols: int, num_tags: int) -> None:
        super().__init__()
        self.core = RecurrentCore(8, num_symbols=num_symbols, bidirectional=True)
        self.head = nn.Linear(self.core.dim_output, num_tags)

    def forward(self, symbols):
        states, _ = self.core(symbols)
        return self.head(states)


def explore_untrained_tags():
    torch.manual_seed(0)
    data = tagged_news.load()
    return explore_tags(Untrained(len(data.input_vocabulary), len(data.target_vocabulary)), data)


EXPLORERS = {explore_untrained_tags: {"Sentence": "prices rise , and the rise hurts", "Words read": 3}}

SENTENCES = [
    ("masked_loss__mean_of_means", r"expected 0\.7945.*a word of a short sentence counts more"),
    ("masked_loss__no_mask", r"mean over all T·N steps: the padding counts"),
    ("masked_loss__ignores_class_zero", r"a class like any other"),
    ("masked_loss__detached", r"no gradient"),
    ("Tagger__causal", r"first word of a sentence the same logits whatever its last word is"),
    ("Tagger__reads_the_padding", r"does the backward direction begin in the padding"),
    ("Tagger__last_state_everywhere", r"each step has a state of its own"),
    ("Tagger__batch_first", r"which dimension is time|does the tag depend on"),
]
