"""Pairs of sentences, the same value said in two languages: what the data sets of the translation lesson share."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file, write_file

SPLITS = ("train", "validation", "test")


class Pair(NamedTuple):
    """One line of a data file."""

    split: str  # one of `SPLITS`
    value: str  # the date or number that both sentences say
    source: str
    target: str


def read_pairs(name: str) -> list[Pair]:
    """The lines of a data file."""
    return [Pair(*line.split("\t")) for line in gzip.decompress(read_file(name)[0]).decode("utf-8").splitlines()]


def write_pairs(name: str, pairs: Iterable[Pair], origin: str, licence: str) -> None:
    """For the scripts in `make/`: the same pairs give the same bytes."""
    text = "".join("\t".join(pair) + "\n" for pair in pairs)
    write_file(name, gzip.compress(text.encode("utf-8"), mtime=0), origin, licence)


def load_pairs(name: str, source_symbols: Callable[[str], list[str]]) -> Dataset:
    """The data set of a file; the symbols of a target are its characters.

    Args:
        source_symbols: cuts a source sentence into symbols. The vocabularies hold those of train only.
    """
    pairs = read_pairs(name)
    train = [pair for pair in pairs if pair.split == "train"]
    source_vocabulary = Vocabulary.of(source_symbols(pair.source) for pair in train)
    target_vocabulary = Vocabulary.of(pair.target for pair in train)
    splits = {
        split: Split(
            "unaligned",
            [source_vocabulary.encode(source_symbols(pair.source)) for pair in pairs if pair.split == split],
            [target_vocabulary.encode(pair.target, end=True) for pair in pairs if pair.split == split],
        )
        for split in SPLITS
    }
    return Dataset(
        "unaligned",
        **splits,
        source=read_file(name)[1],
        input_vocabulary=source_vocabulary,
        target_vocabulary=target_vocabulary,
    )
