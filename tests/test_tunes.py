"""The dance tunes: their notation is read as it is meant, and variants of a tune stay in one split."""

from __future__ import annotations

import itertools
import re

import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from rnncourse.datasets import tunes
from rnncourse.datasets.core import UNKNOWN
from rnncourse.datasets.make.tunes import Tune as MadeTune
from rnncourse.datasets.make.tunes import Unfit, groups, simplified
from rnncourse.datasets.tunes import Note, bars, inner_bars
from rnncourse.figures.style import VERMILLION
from rnncourse.figures.text_and_music import piano_roll

JIG = """X: 1
T:Somebody's Fancy, The
M:6/8
L:1/8
R:Double Jig
K:G
"Am"D|~G2B {a}dBG|(c>B)A [Ad]^fz|^f/g/=f2 e3|(3ABA G c3|1 G3 G2:|2 G3 g2||
|:e|d6|^CDC =CDE|G,3 c'3|d2 B _B3|d3 d2:|
"""


def written(split) -> list[list[str]]:
    return [tunes.load().target_vocabulary.decode(target) for target in split.targets]


def test_letters_signs_and_marks_are_pitches():
    symbols = ["C", "c", "C,", "c'", "^F", "_B", "b", "z", "G"]
    (bar,) = bars(symbols)
    assert [note.pitch for note in bar.notes] == [60, 72, 48, 84, 66, 70, 83, 67]
    assert [note.start for note in bar.notes] == [0, 1, 2, 3, 4, 5, 6, 8]
    assert bar.length == 9 and bar.line == ""


def test_numbers_are_lengths_and_a_triplet_has_the_time_of_two():
    first, second = bars(["c3", "c1/2", "c3/2", "|", "(3", "d", "d", "d", "e2", ":|"])
    assert [note.length for note in first.notes] == [3, 0.5, 1.5]
    assert [note.length for note in second.notes] == pytest.approx([2 / 3] * 3 + [2])
    assert (first.length, second.length) == (5, 4)
    assert second.notes[-1] == Note(76, 7, 2)
    assert [first.line, second.line] == ["|", ":|"]


def test_a_triplet_ends_with_its_bar():
    _, second = bars(["(3", "c", "|", "c"])
    assert second.length == 1


def test_symbols_without_a_meaning_are_passed_over():
    assert bars(["<unknown>", "c", "<pad>"]) == bars(["c"])
    assert bars([]) == []


def test_upbeats_are_not_among_the_inner_bars():
    symbols = ["G", "|", "c6", "|", "d6", "|", "e5", ":|", "G", "|", "c6", "|", "e5", "||", "c6", "|", "d6"]
    assert [bar.length for bar in inner_bars(symbols)] == [6, 6, 6]


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_every_inner_bar_is_full_and_every_symbol_known(split):
    data = tunes.load()
    part = getattr(data, split)
    for kind, symbols, target in zip(part.inputs, written(part), part.targets, strict=True):
        assert {bar.length for bar in inner_bars(symbols)} == {tunes.UNITS[data.classes[kind]]}
        assert symbols[-1] in ("||", ":|") and (target != UNKNOWN).all()


def test_no_two_bars_on_end_are_in_two_splits():
    data = tunes.load()

    def pairs(split):
        for symbols in written(split):
            found = [bar.strip() for bar in re.split(r"[:|]+", " ".join(symbols))]
            yield from itertools.pairwise(bar for bar in found if bar.count(" ") >= 3)

    train, validation, test = (set(pairs(split)) for split in (data.train, data.validation, data.test))
    assert train.isdisjoint(validation | test) and validation.isdisjoint(test)


def test_abc_becomes_simple_symbols_in_c():
    tune = simplified(JIG)
    assert (tune.title, tune.kind) == ("Somebody's Fancy", "jig")
    # G major goes up by a fourth, and its F sharp with it; ornaments, lower notes and the second ending are gone
    first = "G | c2 e g e c | f3/2 e1/2 d g b z | b1/2 c'1/2 _b2 a3 | (3 d e d c f3 | c3 c2 :|"
    second = "a | g6 | ^F G ^F F G A | C3 f'3 | g2 e _e3 | g3 g2 :|"
    assert " ".join(tune.symbols) == f"{first} {second}"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("R:Double Jig", "R:March"), "another kind"),
        (("M:6/8", "M:3/4"), "another kind"),
        (("K:G", "K:Hp"), "unknown key"),
        (("d6", "[K:D]d6"), "changes on its way"),
        (("d6", "d7"), "a bar that is too long"),
        (("d6", "d5"), "a bar that is too short"),
        (("d6", "d5d/4d3/4"), "an odd length"),
        ((JIG.splitlines()[-1], ""), "too short or too long"),
    ],
)
def test_what_does_not_fit_is_left_out(change, reason):
    with pytest.raises(Unfit, match=reason):
        simplified(JIG.replace(*change))


def test_variants_are_found_by_title_and_by_two_bars():
    one = MadeTune("A", "jig", ["c", "d", "e", "f", "|", "g", "a", "b", "c'", "|", "c4", "||"])
    same_bars = MadeTune("B", "jig", ["G6", "|", "c", "d", "e", "f", "|", "g", "a", "b", "c'", "||"])
    same_title = MadeTune("b!", "jig", ["e", "e", "e", "e", "|", "f", "f", "f", "f", "||"])
    one_bar = MadeTune("C", "jig", ["c", "d", "e", "f", "|", "a", "a", "a", "a", "||"])
    assert groups([one, same_bars, same_title, one_bar]) == [[one, same_bars, same_title], [one_bar]]


def test_the_piano_roll_marks_the_note_that_is_meant():
    symbols = ["z2", "(3", "c", "d", "<unknown>", "e", "|", "g2"]
    for place, symbol in enumerate(symbols):
        axes = Figure().subplots()
        piano_roll(axes, symbols, marked=place)
        (notes,) = (part for part in axes.collections if isinstance(part, PolyCollection))
        drawn = zip(notes.get_paths(), notes.get_facecolors(), strict=True)
        marked = [box.get_extents().y0 + 0.5 for box, colour in drawn if tuple(colour) == to_rgba(VERMILLION)]
        assert marked == [note.pitch for bar in bars([symbol]) for note in bar.notes]
