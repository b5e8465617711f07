"""The explorer of the tagging notebook; its static twin is `figures.tagging.plot_tagged_sentence`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import torch
from ipywidgets import IntSlider, Layout, Text, VBox
from torch import Tensor, nn

from rnncourse.datasets import tagged_news
from rnncourse.datasets.core import SPECIAL, Dataset
from rnncourse.figures.tagging import plot_tagged_sentence
from rnncourse.widgets.core import WIDE, Drawn, explorer, slider

MOST = 14  # words of a sentence


def explore_tags(net: nn.Module, data: Dataset) -> VBox:
    """Type a sentence and let a network read it word by word: how do the tags of earlier words move?"""
    tags = data.target_vocabulary.symbols[len(SPECIAL) :]
    sentence = Text(
        description="Sentence",
        value="the public can book a book at the public library .",
        continuous_update=False,
        style=WIDE,
        layout=Layout(width="620px"),
    )
    num_words = len(_words(sentence.value))
    read = slider(IntSlider, "Words read", num_words, min=1, max=num_words)

    def read_all(_: object) -> None:
        read.max = max(2, len(_words(sentence.value)))  # a slider in a browser has to have a length
        read.value = read.max

    def draw() -> Drawn:
        words = _words(sentence.value)
        k = min(read.value, len(words))
        now = tag_probabilities(net, data, words[:k])
        before = tag_probabilities(net, data, words[: k - 1]) if k > 1 else now[:0]
        likeliest = ", ".join(
            f"{word} {tags[code]} {100 * share:.0f}"
            for word, share, code in zip(words, now.max(1).values.tolist(), now.argmax(1).tolist(), strict=False)
        )
        in_words = f"The likeliest tag of each word that was read, with its probability in per cent: {likeliest}."
        figure = plot_tagged_sentence(words[:k], now, tags, len(words))
        return figure, _what_moved(words[:k], before, now, tags), in_words

    sentence.observe(read_all, "value")
    return explorer(
        "Write a sentence, a blank before each punctuation mark, and press Enter. Then move <b>Words read</b> with the "
        "arrow keys. Which words change their tag when a later one is read? What becomes of words that you invent?",
        [sentence, read],
        draw,
    )


def _words(sentence: str) -> list[str]:
    return sentence.split()[:MOST] or ["."]


def tag_probabilities(net: nn.Module, data: Dataset, words: Sequence[str]) -> Tensor:
    """The probability of each tag (T, C) for the words of one sentence, without the special codes."""
    symbols = data.input_vocabulary.encode(tagged_news.readable(words))
    with torch.no_grad():
        return net(symbols[:, None])[:, 0, len(SPECIAL) :].softmax(-1)


def _what_moved(words: Sequence[str], before: Tensor, now: Tensor, tags: Sequence[str]) -> str:
    old, new = before.argmax(1).tolist(), now.argmax(1).tolist()
    moved = [
        f"<b>{escape(word)}</b> from {tags[was]} to {tags[becomes]}"
        for word, was, becomes in zip(words, old, new, strict=False)
        if was != becomes
    ]
    read = f"Words read: {len(words)}, the last is <b>{escape(words[-1])}</b>, {tags[new[-1]]}."
    return f"{read} It moved {', '.join(moved)}." if moved else f"{read} It moved no tag of an earlier word."
