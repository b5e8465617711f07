"""Numbers in words, from English into German: `twenty-one thousand` → `einundzwanzigtausend`.

The English words are the symbols on one side, the German letters those on the other, for German writes a number as one
word. It says the units before the tens, and so the order changes on the way.

Split by value: a number is in one split only. All numbers below 1,000 and as many with four, five and six digits as it
takes for 10,000. The sentences are synthetic, made by rule; nobody wrote them.
"""

from __future__ import annotations

import re
from functools import cache

from rnncourse.datasets.core import Dataset
from rnncourse.datasets.pairs import load_pairs

FILE = "number_words.txt.gz"


def symbols(sentence: str) -> list[str]:
    """The symbols of an English number: its words, without commas and hyphens."""
    return re.findall(r"[a-z]+", sentence.lower())


@cache
def load() -> Dataset:
    """8,000 pairs to train with, 1,000 for validation, 1,000 for the test."""
    return load_pairs(FILE, symbols)
