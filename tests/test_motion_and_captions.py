"""What the datasets of lesson 06.3 promise about their splits, and what a caption says of its picture."""

from __future__ import annotations

import pytest
import torch

from rnncourse.datasets import pen_digits, scenes
from rnncourse.datasets.make.pen_digits import COUNTS


def test_the_pens_test_digits_are_those_of_other_writers():
    data = pen_digits.load()
    assert [len(data.train), len(data.validation), len(data.test)] == [6728, 766, 3498]
    train, validation, test = (
        torch.stack(split.inputs).bincount(minlength=10) for split in (data.train, data.validation, data.test)
    )
    assert (train + validation).tolist() == COUNTS["train"]
    assert test.tolist() == COUNTS["test"]


def test_a_pens_way_has_eight_points_and_fills_its_box():
    for split in (pen_digits.load().train, pen_digits.load().test):
        points = torch.stack(split.targets)
        assert points.shape[1:] == (8, 2)
        assert points.min() == -1 and points.max() == 1
        extent = points.amax(1) - points.amin(1)
        assert torch.equal(extent.amax(1), torch.full((len(points),), 2.0))


def words_of(split) -> list[list[str]]:
    return [scenes.load().target_vocabulary.decode(target) for target in split.targets]


def digits_in(words: list[str]) -> list[int]:
    return [scenes.NAMES.index(word) for word in words if word in scenes.NAMES]


def test_pairs_that_are_held_out_are_in_the_test_only():
    data = scenes.load()
    pairs = [
        {tuple(digits_in(words)) for words in words_of(split) if len(digits_in(words)) == 2}
        for split in (data.train, data.validation, data.test)
    ]
    held_out = {(first, second) for first in range(10) for second in range(10) if scenes.is_held_out(first, second)}
    assert len(held_out) == 10
    assert len({first for first, _ in held_out}) == len({second for _, second in held_out}) == 10
    assert held_out.isdisjoint(pairs[0] | pairs[1])
    assert held_out <= pairs[2] and len(pairs[0]) == 90


def test_no_digit_image_is_in_two_splits():
    data = scenes.load()
    alone = {}
    for name, split in (("train", data.train), ("validation", data.validation), ("test", data.test)):
        one = [picture for picture, words in zip(split.inputs, words_of(split), strict=True) if len(words) == 2]
        alone[name] = {centred(picture) for picture in one}
        assert len(alone[name]) > 50
    assert alone["train"].isdisjoint(alone["validation"] | alone["test"])
    assert alone["validation"].isdisjoint(alone["test"])


def centred(picture: torch.Tensor) -> bytes:
    """The inked part of a picture of one digit, wherever it stands."""
    picture = (16 * picture.view(scenes.SIDE, scenes.SIDE)).byte()
    rows, columns = picture.any(1).nonzero(), picture.any(0).nonzero()
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].numpy().tobytes()


@pytest.mark.parametrize(
    ("layout", "first", "second", "words"),
    [
        (scenes.ALONE, 8, 3, "an eight"),
        (scenes.BESIDE, 6, 2, "a six left of a two"),
        (scenes.BELOW, 0, 8, "a zero above an eight"),
    ],
)
def test_a_caption_names_the_left_or_upper_digit_first(layout, first, second, words):
    assert " ".join(scenes.caption(layout, first, second)) == words


def test_a_picture_shows_what_its_caption_says():
    data = scenes.load()
    for picture, words in list(zip(data.test.inputs, words_of(data.test), strict=True))[:300]:
        assert picture.min() >= 0 and picture.max() <= 1
        picture = picture.view(20, 20)
        if "left" in words:
            assert picture[:, :10].any() and picture[:, 10:].any()
        elif "above" in words:
            assert picture[:10].any() and picture[10:].any()
        else:
            rows, columns = picture.any(1).nonzero(), picture.any(0).nonzero()
            assert rows.max() - rows.min() < 8 and columns.max() - columns.min() < 8


def test_the_scenes_are_the_same_in_every_session():
    first = scenes.load().test.inputs[0]
    scenes.load.cache_clear()
    torch.manual_seed(3)
    assert torch.equal(scenes.load().test.inputs[0], first)
