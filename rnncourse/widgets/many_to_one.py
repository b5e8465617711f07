"""The explorer of lesson 06.1; its static twin is `figures.many_to_one.plot_sentiment`."""

from __future__ import annotations

from html import escape

import torch
from ipywidgets import Layout, Text, VBox
from torch import Tensor, nn

from rnncourse.datasets import reviews
from rnncourse.datasets.core import UNKNOWN, Dataset
from rnncourse.figures.many_to_one import plot_sentiment
from rnncourse.widgets.core import WIDE, Drawn, explorer

MOST = 24  # tokens of a sentence


def explore_sentiment(net: nn.Module, data: Dataset) -> VBox:
    """Type a sentence and see the sentiment move with every word.

    Args:
        net: (inputs, lengths) → logits (N, 2), trained on the reviews.
        data: the reviews, for their vocabulary.
    """
    sentence = Text(
        description="Sentence",
        value="A dull story, but a moving and very funny film.",
        style=WIDE,
        layout=Layout(width="720px"),
    )

    def draw() -> Drawn:
        words = reviews.tokens(sentence.value)[:MOST]
        positive = sentiment_after_each_word(net, data, words)
        curve = ", ".join(f"{word} {100 * float(p):.0f}" for word, p in zip(words, positive, strict=True))
        in_words = f"P(positive) in per cent after each word: {curve or 'no word yet'}."
        return plot_sentiment(words, [positive]), _verdict(words, positive, data), in_words

    return explorer(
        "Type a sentence about a film. Which words move the curve, and which not at all? Try a negation, an irony, the "
        "same words in another order, a word that you invent.",
        [sentence],
        draw,
    )


def sentiment_after_each_word(net: nn.Module, data: Dataset, words: list[str]) -> Tensor:
    """P(positive) of the first word, the first two, and so on: (T,)."""
    T = len(words)
    symbols = data.input_vocabulary.encode(words)
    if T == 0:
        return torch.zeros(0)
    with torch.no_grad():
        logits = net(symbols[:, None].expand(T, T), torch.arange(1, T + 1))  # every prefix is a sequence of its own
    return logits.softmax(1)[:, 1]


def _verdict(words: list[str], positive: Tensor, data: Dataset) -> str:
    if not words:
        return "Nothing to read yet."
    codes = data.input_vocabulary.encode(words).tolist()
    unknown = [escape(word) for word, code in zip(words, codes, strict=True) if code == UNKNOWN]
    steps = positive.diff(prepend=torch.tensor([0.5]))
    strongest = int(steps.abs().argmax())
    verdict = (
        f"P(positive) = {float(positive[-1]):.0%}. The largest step, {100 * float(steps[strongest]):+.0f} points, "
        f"comes with <b>{escape(words[strongest])}</b>."
    )
    return verdict + (f" Not in the vocabulary: {', '.join(unknown)}." if unknown else "")
