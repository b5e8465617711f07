"""The parts that graphs and tables are drawn of, alike in every lesson."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

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
        axes.text(x, top + i, f"{round(value, 2) + 0:.2f}", ha="center", va="center", fontsize=10)
