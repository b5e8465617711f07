"""What every explorer is made of: controls, a sentence and a picture that is drawn again when a control moves."""

from __future__ import annotations

import gc
from base64 import b64encode
from collections.abc import Callable
from contextlib import contextmanager
from html import escape

from ipywidgets import HTML, Button, Layout, ValueWidget, VBox, Widget
from matplotlib.figure import Figure

from rnncourse.figures.style import PIXELS_PER_INCH, png

DENSITY = 1.0  # of the explorers' pictures: sharp enough, and still drawn in less than a tenth of a second
WIDE = {"description_width": "110px"}
# What has the keyboard's focus gets a frame: a slider hardly shows it by itself. (The class three times: the rule must
# outweigh those by which ipywidgets takes the frames away.) In a narrow window nothing is cut off.
STYLE = (
    "<style>.rnncourse-explorer.rnncourse-explorer.rnncourse-explorer :focus "
    "{outline: 2px solid var(--jp-brand-color1) !important}"
    ".rnncourse-explorer .widget-inline-hbox {max-width: 98%}"
    ".rnncourse-explorer .widget-html-content {overflow-wrap: anywhere}</style>"
)

Drawn = tuple[Figure, str, str]
"""A picture, a sentence about it in HTML, and what the picture shows in plain words, for those who cannot see it."""


def slider(kind: type, description: str, value: float, **limits: float) -> ValueWidget:
    """An `IntSlider` or `FloatSlider` in the explorers' size."""
    layout = Layout(width="420px")
    return kind(description=description, tooltip=description, value=value, **limits, style=WIDE, layout=layout)


def explorer(task: str, controls: list[ValueWidget], draw: Callable[[], Drawn]) -> VBox:
    """What to try, the controls, a sentence on the picture, and the picture, drawn again when a control moves."""
    initial = [control.value for control in controls]
    reset = Button(description="Reset", tooltip="All controls as they were at first")
    sentence, picture = HTML(), HTML()

    def redraw(_: object = None) -> None:
        with _quick_collections():
            figure, sentence.value, words = draw()
            picture.value = image(figure, words)
            del figure

    def restore(_: Button) -> None:
        for control, value in zip(controls, initial, strict=True):
            control.unobserve(redraw, "value")  # one picture at the end, not one for each control
            control.value = value
            control.observe(redraw, "value")
        redraw()

    for control in controls:
        control.observe(redraw, "value")
    reset.on_click(restore)
    redraw()
    return panel(task, VBox([*controls, reset]), sentence, picture)


def panel(task: str, *parts: Widget) -> VBox:
    """What to try, above the parts."""
    box = VBox([HTML(STYLE + task), *parts])
    box.add_class("rnncourse-explorer")
    return box


def image(figure: Figure, words: str) -> str:
    """A figure as an HTML image that shrinks with the window. (An `ipywidgets.Image` would have no words.)"""
    width, height = (round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches())
    return (
        f'<img alt="{escape(words)}" width="{width}" height="{height}" decoding="sync" '
        f'style="max-width: 100%; height: auto" src="data:image/png;base64,{b64encode(png(figure, DENSITY)).decode()}">'
    )


@contextmanager
def _quick_collections():
    """No collection of garbage while a picture is drawn, and a small one behind it.

    A figure is full of cycles. If they grow old, every dozenth picture waits a third of a second for a full collection.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
        gc.collect(0)
