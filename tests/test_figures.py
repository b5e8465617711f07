"""Figures say what they show: labelled axes, one colour a model, a text alternative, nothing on top of anything."""

from __future__ import annotations

from html import escape
from io import BytesIO
from itertools import combinations

import nbformat
import numpy as np
import pytest
from examples import gathered
from examples.elman import STATES
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from mini_course import PROJECT
from PIL import Image

from rnncourse.figures import comparison, elman, lstm, show, style

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
    return list(drawn.values()) + [("a number", box) for box in numbers(figure)]


def numbers(figure: Figure) -> list[Bbox]:
    """Where the numbers are that are drawn as outlines."""
    found = []
    for drawn in figure.findobj(PathCollection):
        places = drawn.get_offset_transform().transform(drawn.get_offsets())
        boxes = [path.get_extents(drawn.get_transform()) for path in drawn.get_paths()]
        found += [box.translated(*place) for box, place in zip(boxes, places, strict=True)]
    return found


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


# Machado, Oliveira and Fernandes (2009), severity 1: what linear RGB becomes.
VISIONS = {
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


@pytest.mark.parametrize("vision", VISIONS)
def test_models_are_told_apart_by_colour_whatever_the_eye(vision):
    """CIELAB distances of 10 and more are seen at a glance; the trivial answer is grey and always dotted."""
    seen = {model: lab(colour, VISIONS[vision]) for model, colour in style.COLOURS.items() if model != "baseline"}
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 15, (one, other)


def lab(colour: str, vision: list[list[float]]) -> np.ndarray:
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ np.clip(vision @ linear, 0, 1) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_variants_of_a_model_have_no_other_models_colour():
    others = set(style.COLOURS.values()) - {style.COLOURS["LSTM"]}
    assert others.isdisjoint(variant["color"] for variant in lstm.VARIANTS)
    grey = sorted(lab(variant["color"], np.eye(3))[0] for variant in lstm.VARIANTS)
    assert min(np.diff(grey)) > 15  # apart in a black and white print, too


def test_a_number_on_a_line_stays_readable():
    (axes,) = FIGURES["error by kind"]().axes
    written = [text for text in axes.texts if text.get_text().isdigit()]
    assert written and {text.get_bbox_patch().get_facecolor() for text in written} == {(1, 1, 1, 1)}


@pytest.mark.parametrize("path", sorted(PROJECT.glob("notebooks/*/*.ipynb")), ids=lambda path: path.stem)
def test_every_picture_of_a_lesson_says_what_it_shows(path):
    """A sentence for those who cannot see it, one of its own for each picture, and the same to be unfolded below it."""
    outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", [])]
    words = []
    for output, below in zip(outputs, [*outputs[1:], {}], strict=True):
        if any(kind.startswith("image/") for kind in output.get("data", {})):
            words.append(output.metadata.get("image/png", {}).get("alt", ""))
            assert output.data["text/plain"].partition(": ")[2] == words[-1]
            assert escape(words[-1]) in below["data"]["text/html"]
        assert "<img" not in output.get("data", {}).get("text/html", "")
    assert words and len(set(words)) == len(words)
    assert [text for text in words if len(text.split()) < 12 or not text.endswith(".")] == []


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
    figures = [elman.plot_unrolled_run(range(6), STATES, STATES - 1, moment) for moment in range(13)]
    assert [len(numbers(figure)) for figure in figures] == [3 * (1 + moment) for moment in range(13)]


def test_a_network_that_misses_nothing_gets_a_sentence_in_its_map():
    one, none = FIGURES["missed pairs, none"]().axes
    assert [text.get_text() for text in none.texts] == ["no pair is missed\nonce in a hundred times"]
    assert one.texts and all(text.get_text().isdigit() for text in one.texts)
