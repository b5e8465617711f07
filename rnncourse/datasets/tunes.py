"""Irish and American dance tunes, one-to-many: the kind of dance → the tune, note by note.

The class is "jig", "slip jig", "reel" or "hornpipe". A tune is a row of symbols in the manner of ABC notation:

    G c'2 ^F3/2 z (3 | || :|

A letter is a note: C is middle C, c an octave higher, C, lower, c' higher still; ^ sharp and _ flat hold for this note
only; z is a rest. The number behind it is its length in units of its bar, 1 if there is none: a bar of a jig has 6
units, of a slip jig 9, of a reel or a hornpipe 8. (3 makes the next three notes a triplet, in the time of two. | ends
a bar, || a section, and :| a section that is played twice. All tunes are transposed to a key without sharps and flats.

Split by tune: tunes with the same title, or with the same notes in two bars on end, are variants of each other and
stay in one split.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import torch

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

UNITS = {"jig": 6, "slip jig": 9, "reel": 8, "hornpipe": 8}  # of a full bar
BAR_LINES = ("|", "||", ":|")
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
NOTE = re.compile(r"(?P<sign>[\^_]?)(?P<step>[A-Ga-gz])(?P<octave>[,']*)(?P<length>\d*(?:/\d+)?)")
MIDDLE_C = 60


@cache
def load() -> Dataset:
    content, source = read_file("tunes.json.gz")
    rows = json.loads(gzip.decompress(content))
    kinds = tuple(UNITS)
    vocabulary = Vocabulary.of(symbols.split() for _, symbols in rows["train"])
    splits = {
        name: Split(
            "one-to-many",
            [torch.tensor(kinds.index(kind)) for kind, _ in tunes],
            [vocabulary.encode(symbols.split(), end=True) for _, symbols in tunes],
        )
        for name, tunes in rows.items()
    }
    return Dataset("one-to-many", **splits, source=source, target_vocabulary=vocabulary, classes=kinds)


class Note(NamedTuple):
    """A note that sounds."""

    pitch: int  # semitones, 60 is middle C
    start: float  # in units, from the beginning
    length: float


class Bar(NamedTuple):
    """What stands between two bar lines."""

    notes: list[Note]
    length: float  # in units, rests included
    line: str  # the one that ends it; "" if the symbols stop before


def bars(symbols: Iterable[str]) -> list[Bar]:
    """A tune bar by bar, as it is written: nothing is repeated. Symbols of no meaning are passed over."""
    found, notes, begin, now, triplet = [], [], Fraction(0), Fraction(0), 0
    for symbol in symbols:
        if symbol in BAR_LINES:
            found.append(Bar(notes, float(now - begin), symbol))
            notes, begin, triplet = [], now, 0
        elif symbol == "(3":
            triplet = 3
        elif note := NOTE.fullmatch(symbol):
            length = Fraction(note["length"] or 1) * (Fraction(2, 3) if triplet else 1)
            triplet = max(triplet - 1, 0)
            if note["step"] != "z":
                notes.append(Note(pitch(note), float(now), float(length)))
            now += length
    if now > begin:
        found.append(Bar(notes, float(now - begin), ""))
    return found


def pitch(note: re.Match) -> int:
    """The semitones of a symbol that `NOTE` has taken apart."""
    octaves = note["step"].islower() + note["octave"].count("'") - note["octave"].count(",")
    return MIDDLE_C + STEPS[note["step"].upper()] + 12 * octaves + {"^": 1, "_": -1, "": 0}[note["sign"]]


def inner_bars(symbols: Iterable[str]) -> list[Bar]:
    """The bars that have to be full: all but the first and the last of a section, which share an upbeat."""
    sections: list[list[Bar]] = [[]]
    for bar in bars(symbols):
        sections[-1].append(bar)
        if bar.line in ("||", ":|"):
            sections.append([])
    return [bar for section in sections for bar in section[1:-1]]
