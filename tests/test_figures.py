"""Figures say what they show: labelled axes, one colour a model, a text alternative, nothing on top of anything."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations

import pytest
from examples import gathered
from examples.elman import STATES
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from rnncourse.figures import comparison, elman, show, style

FIGURES, DRAWINGS = gathered("FIGURES"), gathered("DRAWINGS")


@pytest.fixture(params=FIGURES)
def figure(request) -> Figure:
    return FIGURES[request.param]()


def texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, and where, in pixels."""
    drawn = {}

    def draw(text: Text, renderer, *arguments) -> None:
        original(text, renderer, *arguments)
        if text.get_visible() and text.get_text().strip():
            drawn[id(text)] = text.get_text(), Text.get_window_extent(text, renderer)

    original = Text.draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", draw)
        FigureCanvasAgg(figure).draw()
    return list(drawn.values())


def test_no_text_lies_on_another_or_leaves_the_picture(figure):
    boxes = texts(figure)
    assert boxes
    for words, box in boxes:
        assert box.x0 >= -1 and box.y0 >= -1, words
        assert box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1, words
    for (words, box), (others, other) in combinations(boxes, 2):
        assert not box.padded(-1.5).overlaps(other), f"{words!r} lies on {others!r}"


@pytest.mark.parametrize("name", sorted(FIGURES.keys() - DRAWINGS))
def test_axes_are_labelled(name):
    figure = FIGURES[name]()
    FigureCanvasAgg(figure).draw()
    last = figure.axes[-1]
    assert last.get_xlabel() or named(last.get_xticklabels())
    for axes in figure.axes:
        assert axes.get_ylabel() or named(axes.get_yticklabels())


def named(labels: list[Text]) -> bool:
    """Words instead of numbers at the ticks."""
    return any(label.get_text().strip("$−-.0123456789") for label in labels)


def test_plotting_leaves_no_figure_open(figure):
    assert pyplot.get_fignums() == []
    assert Image.open(BytesIO(style.png(figure))).format == "PNG"


def test_a_model_has_one_colour_of_its_own():
    assert len(set(style.COLOURS.values())) == len(style.COLOURS)
    assert comparison.VARIANTS[0]["color"] == style.COLOURS["Elman"]
    others = set(style.COLOURS.values()) - {style.COLOURS["Elman"]}
    assert others.isdisjoint(variant["color"] for variant in comparison.VARIANTS)
    assert [look["color"] for look in comparison.looks(["LSTM", "LSTM, forget bias 1"])] == [style.COLOURS["LSTM"]] * 2


@pytest.mark.parametrize("labels", ["abcdef", ["LSTM", "LSTM 1997", "GRU", "gated", "Elman", "TCN", "GRU, torch"]])
def test_lines_differ_without_colour(labels):
    assert len({(look["linestyle"], look["marker"]) for look in comparison.looks(labels)}) == len(labels)


def test_show_says_in_words_what_the_picture_shows(figure, monkeypatch):
    displayed = []
    monkeypatch.setattr(style, "display", lambda data, **options: displayed.append((data, options.get("metadata"))))
    show(figure, "It rises & falls.")
    [(picture, metadata), (words, _)] = displayed
    assert picture["text/plain"] == "Figure: It rises & falls."
    assert metadata["image/png"]["alt"] == "It rises & falls."
    width, height = metadata["image/png"]["width"], metadata["image/png"]["height"]
    assert Image.open(BytesIO(picture["image/png"])).size == pytest.approx((1.5 * width, 1.5 * height), abs=2)
    assert "It rises &amp; falls." in words["text/html"]


def test_a_run_shows_no_number_before_its_moment():
    numbers = [
        sum("." in words for words, _ in texts(elman.plot_unrolled_run(range(6), STATES, STATES - 1, moment)))
        for moment in range(13)
    ]
    assert numbers == [3 * (1 + moment) for moment in range(13)]
