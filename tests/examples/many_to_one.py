"""Lesson 06.1."""

import torch
from torch import nn

from rnncourse.datasets import actions, basic_motions, reviews, splice_sites
from rnncourse.figures import many_to_one
from rnncourse.widgets import many_to_one as widgets

WORDS = ["a", "gorgeous", ",", "witty", ",", "seductive", "movie", "."]
LOSSES = {"last": [[0.7] * 300, [0.5] * 300], "mean": [[0.6] * 300] * 2, "max": [[0.2] * 300] * 2}
ACCURACIES = {"last": [0.7, 0.72], "mean": [0.75, 0.76], "max": [0.71, 0.8]}

FIGURES = {
    "pooled batch": lambda: many_to_one.plot_pooled_batch(
        torch.randn(6, 3), torch.tensor([4, 6, 2]), dict.fromkeys(["last", "mean", "max"], torch.randn(3))
    ),
    "clips": lambda: many_to_one.plot_clips(dict.fromkeys(basic_motions.CLASSES, torch.randn(50, 6)), 10),
    "bases": lambda: many_to_one.plot_bases(dict.fromkeys(splice_sites.CLASSES, torch.rand(60, 4))),
    "sentiment": lambda: many_to_one.plot_sentiment(WORDS, [torch.rand(8), torch.rand(8)], ["last", "max"]),
    "sentiment, one word": lambda: many_to_one.plot_sentiment(["superb"], [torch.rand(1)]),
    "accuracy by rating": lambda: many_to_one.plot_accuracy_by_rating(
        torch.linspace(-4, 3.9, 200), {"GRU": torch.rand(200) < 0.8, "bag of words": torch.rand(200) < 0.7}
    ),
    "confusion": lambda: many_to_one.plot_confusion(torch.eye(7) * 20 + 1, actions.CLASSES),
    "confusion, three classes": lambda: many_to_one.plot_confusion(
        torch.eye(3) * 100, ["donor", "acceptor", "neither"]
    ),
    "pooling runs": lambda: many_to_one.plot_pooling_runs(
        {"sentiment": LOSSES, "action": LOSSES}, {"sentiment": ACCURACIES, "action": ACCURACIES}
    ),
    "pooling runs, short": lambda: many_to_one.plot_pooling_runs(
        {"sentiment": {"max": [[1.0, 0.5]] * 2}}, {"sentiment": ACCURACIES}
    ),
}
DRAWINGS = {"pooled batch"}


class Reader(nn.Module):
    """An untrained network for reviews: the mean of its words' numbers."""

    def __init__(self, num_symbols: int) -> None:
        super().__init__()
        self.words = nn.Embedding(num_symbols, 2)

    def forward(self, symbols, lengths):
        inside = torch.arange(len(symbols))[:, None] < lengths
        return (self.words(symbols) * inside[:, :, None]).sum(0) / lengths[:, None]


def explore_sentiment():
    data = reviews.load()
    torch.manual_seed(0)
    return widgets.explore_sentiment(Reader(len(data.input_vocabulary)), data)


EXPLORERS = {explore_sentiment: {"Sentence": "A masterpiece, and not a boring one!"}}

UNSEEN = {"pool__single_precision", "pool__masks_with_1e9", "pool__subtracts_1e9"}
SENTENCES = [
    ("pool__batch_first", "which axis of"),
    ("pool__zero_wins", r"\(0, −1 …\) must not win: fill with −inf"),
    ("pool__trusts_the_zeros", "seldom zero in the padding"),
    ("pool__detached", "no gradient through"),
    ("pool__in_place", "changed its input"),
]
