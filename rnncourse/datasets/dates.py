"""Dates, from American English into French, character by character: `Mar 3, 2015` → `3 mars 2015`.

8,000 days between 1990 and 2029, drawn without repetition, each written in one of four ways of the Unicode CLDR: in
full with its weekday, long, medium (months abbreviated) or short (`3/3/15` → `03/03/2015`: the month comes first in one
language and the day in the other, and the century must be supplied). Every way is as frequent as the others.

Split by value: a day is in one split only, whichever way it is written. The sentences are synthetic, made by rule from
tables; nobody wrote them. CLDR's French says `1 mars` where people say `1er mars`.
"""

from __future__ import annotations

from functools import cache

from rnncourse.datasets.core import Dataset
from rnncourse.datasets.pairs import load_pairs

FILE = "dates.txt.gz"


def symbols(sentence: str) -> list[str]:
    """The symbols of an English date: its characters."""
    return list(sentence)


@cache
def load() -> Dataset:
    """6,400 pairs to train with, 800 for validation, 800 for the test."""
    return load_pairs(FILE, symbols)
