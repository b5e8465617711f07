"""Motion: how a pen moves when a person writes a digit; the digit is the condition, the way of the pen is written.

44 people wrote with a pen on a tablet. Each digit is 8 points, at equal distances along the way of the pen, in a box
that the digit fills in one direction at least; where the pen was lifted isn't recorded, so that the two strokes of a 4
or a 5 are joined. All targets have the same length: nothing says when to stop, since there is nothing to learn there.

The test digits are those of UCI's test file: 14 people, of whom no digit is in train or validation. Who wrote which of
the others isn't known, so that the 30 people of train are those of validation, too.
"""

from __future__ import annotations

import gzip
from functools import cache

import numpy as np
import torch

from rnncourse.datasets.core import Dataset, Split, read_file

NUM_POINTS = 8
SIZES = {"train": 6728, "validation": 766, "test": 3498}


@cache
def load() -> Dataset:
    """Inputs: a class (). Targets: (8, 2) positions x, y of the pen, from -1 (left, bottom) to 1 (right, top)."""
    content, source = read_file("pen_digits.u8.gz")
    rows = np.frombuffer(gzip.decompress(content), dtype=np.uint8).reshape(-1, 2 * NUM_POINTS + 1)
    points = torch.tensor(rows[:, :-1] / 50 - 1, dtype=torch.float32).view(-1, NUM_POINTS, 2)
    classes = torch.tensor(rows[:, -1], dtype=torch.int64)
    sizes = list(SIZES.values())
    parts = zip(SIZES, classes.split(sizes), points.split(sizes), strict=True)
    splits = {name: Split("one-to-many", list(inputs), list(targets)) for name, inputs, targets in parts}
    return Dataset("one-to-many", **splits, source=source, classes=tuple("0123456789"))
