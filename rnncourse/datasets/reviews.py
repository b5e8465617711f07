"""Sentiment: one sentence or two of a film review, and whether people found it negative or positive.

Each snippet was rated by 15 to 29 people on a scale from -4 to 4. Those with a mean of at least 0.5 in size are kept,
if they have four tokens or more. The file names neither the review nor the film of a snippet, so the split can be by
neither. What comes from one page stands together in the file as far as one can see: the split is by blocks of `BLOCK`
snippets that follow each other. A film can still have snippets on both sides, mostly by different critics.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from typing import NamedTuple

import torch

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

CLASSES = ("negative", "positive")
BLOCK = 25  # numbers in the source's file
MIN_COUNT = 2  # a word that occurs once in the training texts teaches nothing
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")


class Review(NamedTuple):
    number: int  # of the snippet in the source's file
    rating: float  # mean over its raters, -4 to 4
    text: str


def tokens(text: str) -> list[str]:
    """Words in lower case, numbers, and each punctuation mark by itself."""
    return TOKEN.findall(text.lower().replace("’", "'").replace("''", '"'))


def split_of(number: int) -> str:
    """The split of a snippet: of every 20 blocks, 14 for training, 3 for validation, 3 for the test."""
    place = number // BLOCK % 20
    return "validation" if place in (3, 10, 17) else "test" if place in (6, 13, 19) else "train"


@cache
def reviews() -> dict[str, list[Review]]:
    """The snippets of each split, with their ratings."""
    found: dict[str, list[Review]] = {"train": [], "validation": [], "test": []}
    for line in gzip.decompress(read_file("reviews.tsv.gz")[0]).decode("utf-8").split("\n"):
        number, rating, text = line.split("\t")
        found[split_of(int(number))].append(Review(int(number), float(rating), text))
    return found


@cache
def load() -> Dataset:
    vocabulary = Vocabulary.of((tokens(review.text) for review in reviews()["train"]), MIN_COUNT)
    splits = {
        name: Split(
            "many-to-one",
            [vocabulary.encode(tokens(review.text)) for review in chosen],
            [torch.tensor(int(review.rating > 0)) for review in chosen],
        )
        for name, chosen in reviews().items()
    }
    source = read_file("reviews.tsv.gz")[1]
    return Dataset("many-to-one", **splits, source=source, input_vocabulary=vocabulary, classes=CLASSES)
