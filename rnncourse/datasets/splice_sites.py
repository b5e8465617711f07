"""DNA: does an intron begin in the middle of these 60 bases, does one end there, or neither?

The windows come from chromosome 4 of the fruit fly, read in the direction of their gene. All have GT right of the
middle or AG left of it, the decoys too: two bases alone don't give the class away. The three splits are three
stretches of the chromosome, with a gap of `GAP` bases between them.
"""

from __future__ import annotations

import gzip
from functools import cache

import torch

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

CLASSES = ("donor", "acceptor", "neither")
BASES = Vocabulary.of("ACGT")
BEGINS = {"train": 0, "validation": 900_000, "test": 1_100_000}  # of each stretch, in bases from the left end
GAP = 1_000


def split_of(position: int) -> str | None:
    """The split of a window with its middle here; None in a gap."""
    name = max((name for name in BEGINS if BEGINS[name] <= position), key=BEGINS.__getitem__)
    in_gap = name != "train" and position < BEGINS[name] + GAP
    return None if in_gap else name


@cache
def load() -> Dataset:
    content, source = read_file("splice_sites.tsv.gz")
    splits = {name: Split("many-to-one", [], []) for name in BEGINS}
    for line in gzip.decompress(content).decode().split("\n"):
        position, _, name, window = line.split("\t")
        if (stretch := split_of(int(position))) is not None:
            splits[stretch].inputs.append(BASES.encode(window))
            splits[stretch].targets.append(torch.tensor(CLASSES.index(name)))
    return Dataset("many-to-one", **splits, source=source, input_vocabulary=BASES, classes=CLASSES)
