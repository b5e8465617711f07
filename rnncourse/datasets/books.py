"""Short passages of three books, one-to-many: the book → its text, character by character.

The class is the book; a passage of 20 to 100 characters is a verse of the King James Bible (1611; from Genesis
into the Psalms), a line of Milton's Paradise Lost (1667) or a sentence of Austen's Emma (1816).

Split by position: each book is cut into 20 parts on end, of which two are for validation and two for testing, without
the ten passages next to a cut. Both are also without the passages that share 50 characters on end with one of train.
"""

from __future__ import annotations

import gzip
import json
from functools import cache

import torch

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

BOOKS = ("Bible", "Paradise Lost", "Emma")


@cache
def load() -> Dataset:
    content, source = read_file("books.json.gz")
    rows = json.loads(gzip.decompress(content))
    vocabulary = Vocabulary.of(passage for _, passage in rows["train"])
    splits = {
        name: Split(
            "one-to-many",
            [torch.tensor(BOOKS.index(book)) for book, _ in passages],
            [vocabulary.encode(passage, end=True) for _, passage in passages],
        )
        for name, passages in rows.items()
    }
    return Dataset("one-to-many", **splits, source=source, target_vocabulary=vocabulary, classes=BOOKS)
