"""What every explorer is made of: controls, a sentence and a picture that is drawn again when a control moves."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, Button, Image, Layout, ValueWidget, VBox
from matplotlib.figure import Figure

from rnncourse.figures.style import PIXELS_PER_INCH, png

DENSITY = 1.0  # of the explorers' pictures: sharp enough, and still drawn in less than a tenth of a second
WIDE = {"description_width": "110px"}


def slider(kind: type, description: str, value: float, **limits: float) -> ValueWidget:
    """An `IntSlider` or `FloatSlider` in the explorers' size."""
    return kind(description=description, value=value, **limits, style=WIDE, layout=Layout(width="420px"))


def explorer(task: str, controls: list[ValueWidget], draw: Callable[[], tuple[Figure, str]]) -> VBox:
    """What to try, the controls, a sentence on the picture, and the picture, drawn again when a control moves."""
    initial = [control.value for control in controls]
    reset = Button(description="Reset", tooltip="All controls as they were at first")
    sentence, picture = HTML(), Image(format="png")

    def redraw(_: object = None) -> None:
        figure, sentence.value = draw()
        picture.value = png(figure, DENSITY)
        picture.width = round(figure.get_figwidth() * PIXELS_PER_INCH)

    def restore(_: Button) -> None:
        for control, value in zip(controls, initial, strict=True):
            control.value = value

    for control in controls:
        control.observe(redraw, "value")
    reset.on_click(restore)
    redraw()
    return VBox([HTML(task), VBox([*controls, reset]), sentence, picture])
