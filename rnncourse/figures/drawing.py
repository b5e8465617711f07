"""The parts that graphs and tables are drawn of, alike in every lesson."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import Normalize
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from rnncourse.figures.style import BLACK, BLUE


def circle(axes: Axes, x: float, y: float, label: str) -> None:
    axes.add_patch(Circle((x, y), 0.27, facecolor="white", edgecolor=BLACK, zorder=2))
    axes.text(x, y, label, ha="center", va="center", fontsize=13, zorder=3)


def box(axes: Axes, x: float, y: float, label: str) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (x - 0.2, y - 0.2), 0.4, 0.4, boxstyle="round,pad=0.07", facecolor="#d9ecf7", edgecolor=BLUE, zorder=2
        )
    )
    axes.text(x, y, label, ha="center", va="center", fontsize=14, zorder=3)


def arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    color: str = BLACK,
    shift: tuple[float, float] = (0, 0),
    gap: float = 0.3,
) -> None:
    """From node to node, `gap` away from their centres."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = gap * (x1 - x0) / length, gap * (y1 - y0) / length
    axes.annotate(
        "",
        xytext=(x0 + dx + shift[0], y0 + dy + shift[1]),
        xy=(x1 - dx + shift[0], y1 - dy + shift[1]),
        arrowprops={"arrowstyle": "-|>", "color": color, "shrinkA": 0, "shrinkB": 0, "linewidth": 1.4},
    )


def cells(axes: Axes, x: float, top: float, values: Sequence[float], cmap: str, norm: Normalize) -> None:
    """A column of numbers, each on the colour of its value."""
    for i, value in enumerate(values):
        axes.add_patch(Rectangle((x - 0.36, top + i - 0.5), 0.72, 1, facecolor=colormaps[cmap](norm(value))))
    rounded = [f"{round(value, 2) + 0:.2f}" for value in values]
    numbers(axes, [(x, top + i) for i in range(len(rounded))], rounded)


def numbers(
    axes: Axes,
    places: Sequence[tuple[float, float]],
    texts: Sequence[str],
    *,
    color: str | Sequence[str] = BLACK,
    fontsize: float = 10,
) -> None:
    """Numbers, each in the middle of its place: `Axes.text` for all of them at once, in a tenth of the time."""
    outlines = PathCollection(
        [_outline(text, fontsize) for text in texts],
        offsets=list(places),
        offset_transform=axes.transData,
        facecolor=color,
        linewidth=0,
        zorder=3,
    )
    outlines.set_transform(Affine2D().scale(1 / 72) + axes.figure.dpi_scale_trans)  # outlines come in points
    axes.add_collection(outlines, autolim=False)


@lru_cache(maxsize=4096)
def _outline(text: str, fontsize: float) -> Path:
    """Around the middle of a digit's height."""
    outline = TextPath((0, 0), text, size=fontsize)
    left, right = outline.get_extents().intervalx
    return outline.transformed(Affine2D().translate(-(left + right) / 2, -0.365 * fontsize))
