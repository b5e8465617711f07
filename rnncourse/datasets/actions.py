"""Action recognition: which of seven shoulder exercises does a smartwatch measure?

Ten people repeated each exercise about twenty times with each arm. A recording is cut into clips of 4 to 8 seconds, 10
steps a second. Clips of one recording are nearly alike, so the split is by person: nobody in validation or test was
ever trained on.
"""

from __future__ import annotations

import gzip
import json
import math
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor

from rnncourse.datasets.core import Dataset, Split, read_file

CLASSES = (
    "pendulum",
    "abduction",
    "forward elevation",
    "internal rotation",
    "external rotation",
    "trapezius row",
    "bent-over row",
)
CHANNELS = ("a_x", "a_y", "a_z", "w_x", "w_y", "w_z")  # acceleration in g, rate of rotation in turns per second
UNITS = 100 * torch.tensor([1, 1, 1, 2 * math.pi, 2 * math.pi, 2 * math.pi])  # in the file: hundredths of g and rad/s
STEPS_PER_SECOND = 10
SHORTEST, LONGEST = 40, 80  # steps of a clip
SUBJECTS = {"train": range(1, 7), "validation": range(7, 9), "test": range(9, 11)}
# The left arm seen in a mirror across x: a velocity's x turns round, and of a turn everything else does.
MIRROR = torch.tensor([-1.0, 1.0, 1.0, 1.0, -1.0, -1.0])


class Clip(NamedTuple):
    subject: int
    exercise: int
    motion: Tensor  # (T, 6), as if all had been worn on the right arm


@cache
def clips() -> list[Clip]:
    """All recordings, cut into clips."""
    header, _, numbers = gzip.decompress(read_file("actions.i16.gz")[0]).partition(b"\n")
    recordings = json.loads(header)
    motions = torch.from_numpy(np.frombuffer(numbers, "<i2").astype(np.float32)).reshape(-1, len(CHANNELS)) / UNITS
    generator = Generator().manual_seed(0)
    found = []
    steps = [recording["steps"] for recording in recordings]
    for recording, motion in zip(recordings, motions.split(steps), strict=True):
        if recording["arm"] == "left":
            motion = motion * MIRROR
        found += [Clip(recording["subject"], recording["exercise"], part) for part in cut(motion, generator)]
    return found


def cut(motion: Tensor, generator: Generator) -> list[Tensor]:
    """One clip after the other, of random lengths; what is left at the end and too short is dropped."""
    parts = []
    while len(motion) >= SHORTEST:
        length = int(torch.randint(SHORTEST, LONGEST + 1, (), generator=generator))
        parts.append(motion[:length])
        motion = motion[length:]
    return parts


@cache
def load() -> Dataset:
    splits = {}
    for name, subjects in SUBJECTS.items():
        chosen = [clip for clip in clips() if clip.subject in subjects]
        targets = [torch.tensor(clip.exercise) for clip in chosen]
        splits[name] = Split("many-to-one", [clip.motion for clip in chosen], targets)
    return Dataset("many-to-one", **splits, source=read_file("actions.i16.gz")[1], classes=CLASSES)
