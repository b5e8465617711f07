"""Sentences from newspapers with a part of speech for every word: aligned, the news part of the Brown corpus (1964).

Split by document, so that no article is on both sides: of the documents ca01 to ca44, those whose number divided by 11
leaves 8 are for validation and those that leave 5 for testing; the multiples of 11 are not in the package. A sentence
of a later split that reads like one of an earlier one, such as a reporter's mark, is left out there.

A word is known if the documents for training have it at least twice, in lower or upper case. Of any other word
`readable` leaves the ending and whether it begins with a capital: both "jogged" and "zibbed" are read as ``<ed>``.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

FILE = "tagged_news.txt.gz"
MIN_COUNT = 2
SPLITS = {5: "test", 8: "validation"}  # by the remainder of a document's number divided by 11; others for training


class Sentence(NamedTuple):
    words: tuple[str, ...]  # as they were printed
    tags: tuple[str, ...]


@cache
def load() -> Dataset:
    texts = sentences()
    words = Vocabulary.of((readable(sentence.words) for sentence in texts["train"]), MIN_COUNT)
    tags = Vocabulary.of(sentence.tags for sentence in texts["train"])
    splits = {
        name: Split(
            "aligned",
            [words.encode(readable(sentence.words)) for sentence in some],
            [tags.encode(sentence.tags) for sentence in some],
        )
        for name, some in texts.items()
    }
    return Dataset("aligned", source=read_file(FILE)[1], input_vocabulary=words, target_vocabulary=tags, **splits)


@cache
def sentences() -> dict[str, list[Sentence]]:
    """The sentences of each split in the order of `load`, with the words as they were printed."""
    found: dict[str, list[Sentence]] = {}
    taken = set()
    documents = _documents()
    for name in ("train", "validation", "test"):
        of_split = [s for number, some in documents.items() if SPLITS.get(number % 11, "train") == name for s in some]
        found[name] = [s for s in of_split if (tuple(readable(s.words)), s.tags) not in taken]
        taken |= {(tuple(readable(s.words)), s.tags) for s in of_split}
    return found


def readable(words: Iterable[str]) -> list[str]:
    """What a network is given of words: a known one in lower case, of any other one its form."""
    return [word.lower() if word.lower() in _known() else _form(word) for word in words]


def _form(word: str) -> str:
    """``<number>`` if there is a digit, else the last two letters, behind ``A…`` if the first is a capital."""
    if any(letter.isdigit() for letter in word):
        return "<number>"
    return f"<{'A…' if word[:1].isupper() else ''}{word[-2:].lower()}>"


@cache
def _known() -> set[str]:
    for_training = (some for number, some in _documents().items() if number % 11 not in SPLITS)
    counts = Counter(word.lower() for some in for_training for sentence in some for word in sentence.words)
    return {word for word, count in counts.items() if count >= MIN_COUNT}


@cache
def _documents() -> dict[int, list[Sentence]]:
    """By number. The file has a line ``= ca01`` for a document, then one for each sentence, ``The/DET jury/NOUN …``."""
    documents: dict[int, list[Sentence]] = {}
    for line in gzip.decompress(read_file(FILE)[0]).decode().splitlines():
        if line.startswith("= ca"):
            of_one = documents[int(line[4:])] = []
        else:
            words, tags = zip(*(token.rsplit("/", 1) for token in line.split()), strict=True)
            of_one.append(Sentence(words, tags))
    return documents
