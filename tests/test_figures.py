"""Figures say what they show: labelled axes, one colour a model, a text alternative, nothing on top of anything."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations

import pytest
import torch
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from rnncourse.figures import elman, show, style
from rnncourse.training import History

HISTORY = History(seen=[0, 500, 1000], error=[0.5, 0.3, 0.1])
LENGTHS = {length: length / 80 for length in range(2, 41, 2)}
KINDS = {"positives": 0.02, "random\nnegatives": 0.14, "one symbol\nchanged": 0.63}
DECAY = {name: rate ** torch.arange(51.0).double() for name, rate in [("default", 0.4), ("radius 2", 1.3), ("IRNN", 1)]}
STATES = torch.linspace(0, 2, 21).reshape(7, 3)
FIGURES = {
    "unrolled": lambda: elman.plot_unrolled_network(4),
    "unrolled, gradients": lambda: elman.plot_unrolled_network(3, gradients=True),
    "forgetting": lambda: elman.plot_forgetting({"radius 0.5": DECAY["default"], "radius 1.5": DECAY["IRNN"]}),
    "states": lambda: elman.plot_states(torch.rand(20, 50), length=6),
    "truncation": lambda: elman.plot_truncation({"spectral radius 0.5": 0.5 ** torch.arange(20)}),
    "run": lambda: elman.plot_unrolled_run(range(6), STATES, STATES - 1),
    "run, on its way": lambda: elman.plot_unrolled_run(range(6), STATES, STATES - 1, 8),
    "training": lambda: elman.plot_training({"random negatives": HISTORY, "mixed negatives": HISTORY}),
    "error by length": lambda: elman.plot_error_by_length({"random negatives": LENGTHS, "mixed negatives": LENGTHS}),
    "error by kind": lambda: elman.plot_error_by_kind({"trained on random": KINDS, "trained on mixed": KINDS}),
    "decay": lambda: elman.plot_gradient_decay(DECAY),
    "one decay": lambda: elman.plot_one_decay(DECAY["default"], 0.9, 10),
    "updates": lambda: elman.plot_updates({"a": [1, 9, 1e5], "b": [1] * 300}, {"a": [1, 9, 1e6], "b": [2] * 300}, 1),
}
DRAWINGS = {"unrolled", "unrolled, gradients"}


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


@pytest.mark.parametrize("name", FIGURES.keys() - DRAWINGS)
def test_axes_are_labelled(name):
    figure = FIGURES[name]()
    assert figure.axes[-1].get_xlabel() or name == "error by kind"
    for axes in figure.axes:
        assert axes.get_ylabel() or axes.get_yticklabels()[0].get_text() == "input $x_t$"


def test_plotting_leaves_no_figure_open(figure):
    assert pyplot.get_fignums() == []
    assert Image.open(BytesIO(style.png(figure))).format == "PNG"


def test_a_model_has_one_colour_of_its_own():
    assert len(set(style.COLOURS.values())) == len(style.COLOURS)
    assert elman.VARIANTS[0]["color"] == style.COLOURS["Elman"]
    others = set(style.COLOURS.values()) - {style.COLOURS["Elman"]}
    assert others.isdisjoint(variant["color"] for variant in elman.VARIANTS)


def test_variants_differ_without_colour():
    looks = {(variant["linestyle"], variant["marker"]) for variant in elman.VARIANTS}
    assert len(looks) == len(elman.VARIANTS)


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
