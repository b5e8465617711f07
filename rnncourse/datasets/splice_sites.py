"""DNA: does an intron begin in the middle of these 60 bases, does one end there, or neither?

The windows come from chromosome 4 of the fruit fly, read in the direction of their gene. All have GT right of the
middle or AG left of it, the decoys too: two bases alone don't give the class away. The three splits are three
stretches of the chromosome, with a gap of `GAP` bases between them. A network reads a window as 58 words of three
bases, which overlap.
"""

from __future__ import annotations

import gzip
from functools import cache
from itertools import product
from typing import NamedTuple

import torch

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

CLASSES = ("donor", "acceptor", "neither")
BASES = "ACGT"
BEGINS = {"train": 0, "validation": 900_000, "test": 1_100_000}  # of each stretch, in bases from the left end
GAP = 1_000


class Window(NamedTuple):
    position: int  # of its middle: the number of bases left of it on the plus strand
    strand: str
    site: str  # one of CLASSES
    bases: str


def split_of(position: int) -> str | None:
    """The split of a window with its middle here; None in a gap."""
    name = max((name for name in BEGINS if BEGINS[name] <= position), key=BEGINS.__getitem__)
    in_gap = name != "train" and position < BEGINS[name] + GAP
    return None if in_gap else name


def triplets(bases: str) -> list[str]:
    """ACGT → ACG, CGT: every three neighbours."""
    return [bases[i : i + 3] for i in range(len(bases) - 2)]


@cache
def windows() -> dict[str, list[Window]]:
    """The windows of each split."""
    found: dict[str, list[Window]] = {name: [] for name in BEGINS}
    for line in gzip.decompress(read_file("splice_sites.tsv.gz")[0]).decode().split("\n"):
        position, strand, site, bases = line.split("\t")
        if (name := split_of(int(position))) is not None:
            found[name].append(Window(int(position), strand, site, bases))
    return found


@cache
def load() -> Dataset:
    vocabulary = Vocabulary.of(["".join(three)] for three in product(BASES, repeat=3))
    splits = {
        name: Split(
            "many-to-one",
            [vocabulary.encode(triplets(window.bases)) for window in chosen],
            [torch.tensor(CLASSES.index(window.site)) for window in chosen],
        )
        for name, chosen in windows().items()
    }
    source = read_file("splice_sites.tsv.gz")[1]
    return Dataset("many-to-one", **splits, source=source, input_vocabulary=vocabulary, classes=CLASSES)
