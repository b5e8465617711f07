"""The look of every figure: one colour per model, readable sizes, a text alternative for each picture."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import BytesIO

from IPython.display import display
from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from PIL import Image

# Okabe and Ito's palette, told apart with any colour vision. A model keeps its colour in every lesson.
BLACK, GREY = "#000000", "#7f7f7f"
BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE = (
    "#0072b2",
    "#56b4e9",
    "#009e73",
    "#e69f00",
    "#d55e00",
    "#cc79a7",
)
COLOURS = {
    "Elman": BLUE,
    "gated": ORANGE,
    "LSTM": GREEN,
    "GRU": PURPLE,
    "TCN": VERMILLION,
    "baseline": GREY,
}
CYCLE = [BLUE, ORANGE, GREEN, PURPLE, VERMILLION, SKY, BLACK]
MARKERS = "os^Dv*X"  # lines differ in more than colour

# Set on import, so that a reader's own plots look the same.
rcParams.update(
    {
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.labelsize": 11,
        "legend.fontsize": 10,
        "legend.frameon": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.color": "#dddddd",
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
        "lines.linewidth": 1.8,
        "lines.markersize": 5,
    }
)
PIXELS_PER_INCH, SCREEN_DENSITY = 90, 1.5


def subplots(
    nrows: int = 1,
    ncols: int = 1,
    *,
    width: float = 7.0,
    height: float = 3.6,
    layout: str | None = "constrained",
    **options,
):
    """A figure of the course and its axes, as `matplotlib.pyplot.subplots` but without global state.

    Without a layout engine the axes stay where `subplots_adjust` puts them, whatever the labels: for explorers.
    """
    figure = Figure(figsize=(width, height), layout=layout)
    return figure, figure.subplots(nrows, ncols, **options)


def png(figure: Figure, density: float = 1.0) -> bytes:
    """The picture as PNG; ``density`` is pixels of the picture per pixel of the page."""
    figure.set_dpi(PIXELS_PER_INCH * density)
    buffer = BytesIO()
    # savefig would draw everything twice, and a stronger compression takes longer for a tenth less.
    _Canvas(figure).print_png(buffer, metadata={"Software": None}, pil_kwargs={"compress_level": 1})
    return buffer.getvalue()


class _Canvas(FigureCanvasAgg):
    """All figures of a size share one renderer, which remembers the formulas and the sizes of texts: explorers draw
    the same labels over and over."""

    def get_renderer(self) -> RendererAgg:
        return _renderer(*self.figure.bbox.size, self.figure.dpi)


@lru_cache(maxsize=16)
def _renderer(width: float, height: float, dpi: float) -> RendererAgg:
    return RendererAgg(width, height, dpi)


def show(figure: Figure, alt: str) -> None:
    """Display a figure; ``alt`` says in words what it shows, for readers who cannot see it.

    JupyterLab ignores an image's alternative text, so the words are also there to be unfolded below the picture.
    """
    width, height = (round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches())
    buffer = BytesIO()
    picture = Image.open(BytesIO(png(figure, SCREEN_DENSITY))).convert("RGB")
    picture.quantize(128).save(buffer, format="PNG", optimize=True)  # a third of the size, in every stored notebook
    display(
        {"image/png": buffer.getvalue(), "text/plain": f"Figure: {alt}"},
        raw=True,
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
    )
    words = f"<details><summary>This figure in words</summary>{escape(alt)}</details>"
    display({"text/html": words, "text/plain": alt}, raw=True)
