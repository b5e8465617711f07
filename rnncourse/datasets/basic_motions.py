"""Four motions of a smartwatch, the published split: a classic test bed whose split can't be checked.

Four students did each motion five times, ten seconds long. Half of the 80 series are for training, half for the test,
as published, and nowhere does it say who recorded which: the same people are most likely on both sides. A result says
how well the net knows these four people; `actions` has a split by person. Two training series of each class are for
validation.
"""

from __future__ import annotations

import gzip
from functools import cache

import numpy as np
import torch

from rnncourse.datasets.core import Dataset, Split, read_file

CLASSES = ("standing", "running", "walking", "badminton")
NUM_SERIES, NUM_STEPS, NUM_CHANNELS = 80, 100, 6
PER_CLASS = 10  # in each of the two published parts


@cache
def load() -> Dataset:
    content, source = read_file("basic_motions.i16.gz")
    numbers = torch.from_numpy(np.frombuffer(gzip.decompress(content), "<i2").astype(np.int64))
    exercises = numbers[:NUM_SERIES]
    motions = numbers[NUM_SERIES:].reshape(NUM_SERIES, NUM_STEPS, NUM_CHANNELS).float() / 100
    splits = {name: Split("many-to-one", [], []) for name in ("train", "validation", "test")}
    for i, (motion, target) in enumerate(zip(motions, exercises, strict=True)):
        name = "test" if i >= NUM_SERIES // 2 else "validation" if i % PER_CLASS >= PER_CLASS - 2 else "train"
        splits[name].inputs.append(motion)
        splits[name].targets.append(target)
    return Dataset("many-to-one", **splits, source=source, classes=CLASSES)
