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
DRAWINGS: set[str] = set()


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

UNSEEN: set[str] = set()
SENTENCES: list[tuple[str, str]] = []
