"""Captions: a picture of one or two handwritten digits, and a sentence that says which, and where.

The handwriting is real, 8×8 pixels a digit; the layout and the sentences are made by a rule with a seed: "a six",
"a six left of a two", "an eight above a three". A sentence begins with the digit that is further left, or higher, so
that a scene has one right caption.

The file of the digits holds the same row of about 130 digits 14 times, it seems a sheet each; UCI says that 13 people
wrote them. 10 sheets are for training, one for validation, three for the test: no digit image is in two splits, nor
are two of one sheet. Besides, one in ten of the ordered pairs of digits (`is_held_out`) occurs in the test only.
"""

from __future__ import annotations

import gzip
from functools import cache

import numpy as np
import torch
from torch import Generator, Tensor

from rnncourse.datasets.core import Dataset, Split, Vocabulary, read_file

NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIDE, DIGIT = 20, 8  # pixels of a scene's side and of a digit's
SHEETS = {"train": (0, 1287), "validation": (1287, 1415), "test": (1415, 1797)}  # digit images, by number
SIZES = {"train": 8000, "validation": 500, "test": 2000}  # scenes
ALONE, BESIDE, BELOW = range(3)  # where the second digit is
LAYOUTS = torch.tensor([0.2, 0.4, 0.4])


def is_held_out(first: int, second: int) -> bool:
    """Ten ordered pairs, each digit once as the first and once as the second, that training never shows."""
    return (3 * first + second) % 10 == 0


def caption(layout: int, first: int, second: int) -> list[str]:
    """The words for a scene."""
    words = _noun(first)
    if layout != ALONE:
        words += (["left", "of"] if layout == BESIDE else ["above"]) + _noun(second)
    return words


@cache
def load() -> Dataset:
    """Inputs: (400,) numbers in 0..1, the rows of a scene of 20×20 pixels. Targets: the words of its caption."""
    content, source = read_file("scenes.u8.gz")
    rows = torch.tensor(np.frombuffer(gzip.decompress(content), dtype=np.uint8).reshape(-1, DIGIT**2 + 1))
    images, digits = rows[:, :-1].view(-1, DIGIT, DIGIT) / 16, rows[:, -1].long()
    scenes = {
        name: _scenes(images[slice(*SHEETS[name])], digits[slice(*SHEETS[name])], size, seed, held_out=name == "test")
        for seed, (name, size) in enumerate(SIZES.items())
    }
    vocabulary = Vocabulary.of(words for _, words in scenes["train"])
    splits = {
        name: Split(
            "one-to-many",
            [picture.flatten() for picture, _ in made],
            [vocabulary.encode(words, end=True) for _, words in made],
        )
        for name, made in scenes.items()
    }
    return Dataset("one-to-many", **splits, source=source, target_vocabulary=vocabulary)


def _scenes(images: Tensor, digits: Tensor, size: int, seed: int, *, held_out: bool) -> list[tuple[Tensor, list[str]]]:
    """Pictures (20, 20) with their captions; with ``held_out``, pairs that training never shows, too."""
    generator = Generator().manual_seed(seed)
    made = []
    while len(made) < size:
        layout = int(torch.multinomial(LAYOUTS, 1, generator=generator))
        first, second = torch.randint(len(images), (2,), generator=generator).tolist()
        words = caption(layout, int(digits[first]), int(digits[second]))
        if layout == ALONE or held_out or not is_held_out(int(digits[first]), int(digits[second])):
            made.append((_picture(layout, images[first], images[second], generator), words))
    return made


def _picture(layout: int, first: Tensor, second: Tensor, generator: Generator) -> Tensor:
    """The first digit, and the second one right of it or below, each somewhere in its half."""
    picture = torch.zeros(SIDE, SIDE)
    if layout == ALONE:
        across, along = torch.randint(SIDE - DIGIT + 1, (2,), generator=generator).tolist()
        picture[across : across + DIGIT, along : along + DIGIT] = first
        return picture
    along = torch.randint(SIDE // 2 - DIGIT + 1, (2,), generator=generator) + torch.tensor([0, SIDE // 2])
    across = torch.randint(SIDE - DIGIT - 3, (1,), generator=generator) + torch.randint(4, (2,), generator=generator)
    for image, x, y in zip((first, second), along.tolist(), across.tolist(), strict=True):
        column, row = (x, y) if layout == BESIDE else (y, x)
        picture[row : row + DIGIT, column : column + DIGIT] = image
    return picture


def _noun(digit: int) -> list[str]:
    return ["an" if NAMES[digit] == "eight" else "a", NAMES[digit]]
